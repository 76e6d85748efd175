/** Every fact of the fact sheets that concerns the visit of 2018 or the edition of 2017, and the words by which a press release states it. */
export type PressFact = readonly [fact: string, states: RegExp];

export const visitFacts: readonly PressFact[] = [
  ['a Korean government delegation', /government delegation of the Republic of Korea/],
  [
    'to two member states of BSEC',
    /two member states of the Organization of the Black Sea Economic Cooperation \(BSEC\)/,
  ],
  ['the Hellenic Republic and Romania', /the Hellenic Republic and Romania/],
  ['its dates', /from 27 September to 2 October 2018/],
  ['to seek e-government cooperation', /seek(s|ing)? e-government cooperation/],
  [
    'why: countries of the region had asked',
    /countries of the Black Sea region had asked Korea for cooperation on e-government technology/i,
  ],
  ['sent by two ministries', /sent by the Ministry of Foreign Affairs.* and the Ministry of the Interior and Safety/],
  ['its head', /headed by Shim Bo-kyun.*, Vice Minister of the Interior and Safety/],
  ['eight agencies', /Eight agencies took part/],
  ['MOFA', /Ministry of Foreign Affairs \(MOFA\)/],
  ['MOIS', /Ministry of the Interior and Safety \(MOIS\)/],
  ['NTS', /National Tax Service \(NTS\)/],
  ['PPS', /Public Procurement Service \(PPS\)/],
  ['KISA', /Korea Internet & Security Agency \(KISA\)/],
  ['NIA', /National Information Society Agency \(NIA\)/],
  ['KLID', /Korea Local Information Research & Development Institute \(KLID\)/],
  ['WeGO', /World Smart Sustainable Cities Organization \(WeGO\)/],
  ['led by Seoul', /WeGO is led by the Seoul Metropolitan City/],
  ['the counterpart in Romania', /the vice minister of the Ministry of Communication and Information Society/],
  [
    'the MOU with that vice minister, during the visit',
    /During the visit, the MOU on e-government cooperation was concluded with the vice minister of the Ministry of Communication and Information Society/,
  ],
  [
    'the workshop, on the subject of the MOU',
    /workshop was held during the visit, on the subject of the MOU on e-government cooperation/i,
  ],
  ['proposed: an electronic document system', /electronic document system/],
  [
    'documents in Romania are on paper, without a standard',
    /largely on paper.*no common standard.*hardly share documents online/,
  ],
  ['proposed: a services portal', /integrated government-wide services portal/],
  [
    'shared: smart-city cases, by WeGO',
    /smart-city cases, in the field of the World Smart Sustainable Cities Organization \(WeGO\)\./,
  ],
  ['shared: hometax, by NTS', /national tax system, hometax, in the field of the National Tax Service \(NTS\)/],
  [
    'shared: Narajangteo, by PPS',
    /procurement system, Narajangteo, in the field of the Public Procurement Service \(PPS\)/,
  ],
  [
    'training of a cyber-security workforce, by KISA',
    /cyber-security workforce, in the field of the Korea Internet & Security Agency \(KISA\)/,
  ],
  ['EGDI of Korea', /Republic of Korea - .*UN E-Government Development Index, 2018: 3rd/],
  ['EGDI of Romania', /Romania - .*UN E-Government Development Index, 2018: 67th/],
  ['E-Participation Index of Korea', /UN E-Participation Index, 2018: 1st/],
  ['network of Romania', /High-speed communications network, 2017: 5th among the countries of the world/],
  [
    'IT experts of Romania',
    /Share of IT experts in the population, 2018: 1st among EU member states\. The highest of all/,
  ],
  ['which names no year', /The highest of all\. The source names no year; 2018 is when it was published/],
  ['Digital Agenda 2020', /"Digital Agenda 2020", 2014 to 2020: about 250 million euros, E-government/],
  [
    'the aim: knowledge first',
    /Knowledge is shared first, which helps the systems to be introduced abroad and gives Korean enterprises openings there/,
  ],
  ['the Greek MOU: its subject and month', /MOU on the e-government system, which was concluded in October 2017/],
  [
    'in the presence of both Prime Ministers',
    /in the presence of the Prime Minister of the Republic of Korea and the Prime Minister of the Hellenic Republic/,
  ],
  ['the committee', /committee on bilateral e-government cooperation/],
  ['its first meeting had been held', /The first meeting had been held before/],
  ['its second meeting, during the visit', /Second meeting of the .*The meeting was held during the visit/],
  [
    'in the presence of two ministers',
    /in the presence of the Minister of Administrative Reconstruction of Greece,? and the Minister of Digital Policy, Telecommunications and Information of Greece/,
  ],
  ['agenda 1', /1\. Share and review the e-government system of Greece and its plan/],
  ['agenda 2', /2\. Discuss the follow-up measures for substantive cooperation/],
  ['four follow-up measures', /four follow-up measures/],
  ['measure: documents', /- Digitalise government documents/],
  [
    'measure: services',
    /- Introduce a services system that fits what the public needs, as the "Korean Government Services" portal does/,
  ],
  ['measure: the level of the system', /- Determine the level of the e-government system/],
  ['measure: new technology', /- Develop a services model based on new technology/],
  ['the end of the bailout', /August 2018: Greece officially declared the end of its financial bailout/],
  [
    'e-government answers the crisis',
    /answer to the economic crisis,? for an efficient and transparent public sector and for competitiveness/,
  ],
  [
    'documents in Greece',
    /Documents are still largely on paper, and the partial e-document systems are not standardised across agencies/,
  ],
];

export const editionFacts: readonly PressFact[] = [
  ['yearly since 2011', /held yearly since 2011/],
  ['the seventh edition', /seventh edition of the Korea-BSEC ICT cooperation programme/i],
  ['paid for by the Government', /paid for by the Government of the Republic of Korea/],
  ['organiser: MOFA', /organised by the Ministry of Foreign Affairs/],
  ['organiser: MOIS', /Ministry of the Interior and Safety/],
  ['organiser: KLID', /Korea Local Information Research & Development Institute \(KLID\)/],
  ['Seoul', /in Seoul, Republic of Korea/],
  ['its dates', /from 30 October to 3 November 2017/],
  [
    'its purpose',
    /share Korea's experience in developing ICT for communication and access to information, for high-quality services to citizens and the private sector, and in developing e-government at national and local level/,
  ],
  ['for whom', /civil servants who develop ICT systems nationally or locally, in the ministries of BSEC member states/],
  [
    'experts of nine states',
    /nine states: Armenia, Azerbaijan, Bulgaria, Greece, Moldova, Romania, Serbia, Turkey and Ukraine/,
  ],
  [
    'the workshop at KLID',
    /Workshop: Talks by the hosts and presentations by the participants Held at the headquarters of KLID/,
  ],
  ['talk 1', /"ICT Policy and Development in Korea: E-Government & Smart Nation Initiative"/],
  ['talk 2', /"E-Government of Korea: Development, History and Outcome"/],
  ['talk 3', /"ICT makes our E-Government convenient"/],
  [
    'the participants presented theirs',
    /participants presented the e-government strategies and policies of their countries/,
  ],
  [
    'the conference',
    /Conference: Global Forum on e-Government\. Present and Future\. The 50th anniversary of Korean e-Government/,
  ],
  ['organised by NIA', /organised by the National Information Society Agency/i],
  ['two panels', /Two panels/],
  ['panel 1', /"Why do we need e-Government\?"/],
  ['panel 2', /"Future of the e-Government"/],
  ['with scientists and high officials', /scientists and high officials of Korea and other states/],
  ['site: Ubiquitous Integrated Center', /Ubiquitous Integrated Center/],
  [
    'what it does',
    /traffic management, safety and crime prevention, disaster prevention, mobile services for citizens/i,
  ],
  ['site: NCIS', /National Computing and Information Service/],
  ['its data centre', /integrated data centre.*about 1,500 e-government systems of about 40 central agencies/],
  ['site: Information Network Village', /Information Network Village/],
  ['what it is for', /access to information in disadvantaged rural areas/i],
  ['the wrap-up meeting', /Wrap-up meeting Held on 3 November 2017 at the headquarters of KLID, chaired by/],
  ['its chair', /chaired by Dr\. Sang-Baek Chris Kang, Director of the Department of Global Cooperation of KLID/],
  ['rated highly, thanked', /rated the programme highly and thanked MOFA and KLID/],
  ['Korea is willing to go on', /Korea is willing to go on/],
  ['2018 in two or three member states', /two or three member states/],
];

/** The words of a document without its Markdown, in one line. */
export const wordsOf = (markdown: string): string =>
  markdown
    .replaceAll(/\\([^\p{L}\p{N}\s])/gu, '$1')
    .replaceAll(/\*\*|^#+ /gm, '')
    .replaceAll(/\s+/g, ' ');
