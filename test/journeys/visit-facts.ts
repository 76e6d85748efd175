import { listed } from './fact-sheets.ts';

const duringTheVisit = /2018-(09-(27|28|29|30)|10-0[12])/;
const visit = 'visit/bsec-2018';
const workshop = 'workshop/korea-romania-2018';

/** What was published of the delegation visit of 2018, in both of its fact sheets. */
export const delegation = listed([
  [
    'the visit: two member states of BSEC',
    visit,
    'title',
    /government delegation to the Hellenic Republic and Romania, two member states of the Organization of the Black Sea Economic Cooperation \(BSEC\)/,
  ],
  ['the visit: from 27 September', visit, 'departedOn', /2018-09-27/],
  ['the visit: to 2 October 2018', visit, 'returnedOn', /2018-10-02/],
  ['the visit: to seek e-government cooperation', visit, 'aim', /To seek e-government cooperation/],
  ['the visit: its head', visit, 'head', /person\/shim-bo-kyun/],
  ['the head: his office', visit, 'headFunction', /^"Vice Minister of the Interior and Safety"$/],
  [
    'why the visit was made',
    visit,
    'reason',
    /Countries of the Black Sea region had asked Korea for cooperation on e-government technology/,
  ],
  ['sent by MOFA and MOIS', visit, 'senders', /^\["agency\/mofa","agency\/mois"\]$/],
  ['to the Hellenic Republic and Romania', visit, 'legCountries', /^\["GR","RO"\]$/],
  [
    'eight agencies',
    visit,
    'agencies',
    /^(?=.*mofa)(?=.*mois)(?=.*nts)(?=.*pps)(?=.*kisa)(?=.*nia)(?=.*klid)(?=.*wego)(?:[^"]*"agency[^"]*"){8}[^"]*$/,
  ],
  ['WeGO is led by the Seoul Metropolitan City', visit, 'backgrounds', /WeGO is led by the Seoul Metropolitan City/],
  [
    'counterpart in Romania: the vice minister',
    visit,
    'legs',
    /RO, [^"]*with the vice minister of the Ministry of Communication and Information Society/,
  ],
  ['a workshop was held during the visit', workshop, 'heldOn', duringTheVisit],
  ['of which it is an act', workshop, 'visit', /visit\/bsec-2018/],
  ['on the subject of the MOU', workshop, 'subject', /^"e-government cooperation"$/],
  ['in Romania', workshop, 'countries', /KR RO/],
  ['the signing is an act of the visit', 'mou/korea-romania-2018', 'visit', /visit\/bsec-2018/],
  ['so is the second meeting with Greece', 'meeting/kr-gr-2', 'visit', /visit\/bsec-2018/],
  ['proposed: an electronic document system', visit, 'proposals', /introducing an electronic document system/],
  [
    'since documents in Romania are on paper',
    visit,
    'backgrounds',
    /largely on paper.*no common standard.*hardly share documents online/,
  ],
  ['proposed: an integrated portal', visit, 'proposals', /setting up an integrated government-wide services portal/],
  ['shared by WeGO: smart-city cases', visit, 'proposals', /wego shares in RO: outstanding smart-city cases/],
  ['shared by NTS: hometax', visit, 'proposals', /nts shares in RO: the national tax system, hometax/],
  ['shared by PPS: Narajangteo', visit, 'proposals', /pps shares in RO: the procurement system, Narajangteo/],
  [
    'of KISA: a cyber-security workforce',
    visit,
    'proposals',
    /kisa proposes in RO: training of a cyber-security workforce/,
  ],
  [
    'aim: knowledge first',
    visit,
    'aim',
    /Knowledge is shared first, which helps the systems to be introduced abroad and gives Korean enterprises openings there/,
  ],
]);
