/** What letters of the story of Serbia let their readers believe; the days are in `serbia-letters.ts`. */
interface Belief {
  readonly day: string;
  readonly reader: string;
  readonly text: string;
  /** What its reader is to believe afterwards. */
  readonly believes: string;
  /** The words that let them, in the language of the letter. */
  readonly says: RegExp;
  /** Words that would let them believe something else. */
  readonly not?: RegExp;
}

export const beliefs: readonly Belief[] = [
  {
    day: '2026-03-24',
    reader: 'kim-minji',
    text: 'request.acknowledge',
    believes: 'its day was over before it was entered, and nobody else has been told',
    says: /등록될 때 이미 지난 기한.*아직 아무에게도 안내하지 않았습니다/,
    not: /회 중 \d+번째/,
  },
  {
    day: '2026-04-14',
    reader: 'petrovic-milica',
    text: 'request.answer',
    believes: 'an answer is four days late, and this is the third of four reminders',
    says: /Overdue by 4 days.*This is reminder 3 of 4/,
  },
  {
    day: '2026-05-06',
    reader: 'kim-minji',
    text: 'request.opinionExpired',
    believes: 'NIA has not answered, and an answer is still taken until the decision',
    says: /National Information Society Agency \(NIA\) 측이.*결정 전까지 도착하는 의견은 접수/,
  },
  {
    day: '2026-09-11',
    reader: 'kim-minji',
    text: 'mou.signed',
    believes: 'one letter says that it is signed, and that our side notifies',
    says: /서명 완료, 2027년 3월 10일까지 통보 요청/,
  },
  {
    day: '2026-10-23',
    reader: 'petrovic-milica',
    text: 'mou.inEffect',
    believes: 'it is in effect since the later notification, and renews unless notice is given in time',
    says: /came into effect on Thursday, 22 October 2026.*renewed tacitly, unless notice is given by Saturday, 22 April 2028/,
  },
  {
    day: '2026-12-14',
    reader: 'petrovic-milica',
    text: 'meeting.callForItems',
    believes: 'we host the meeting, and are to say its hour before the invitations go',
    says: /hosted by Office for Information Technologies and e-Government.*Its hour is not set yet: .* is asked to tell .* before the invitations go/,
  },
  {
    day: '2027-01-28',
    reader: 'kim-minji',
    text: 'meeting.timeSet',
    believes: 'it begins at ten by the clocks of Belgrade, on the day that is known',
    says: /시작 시각을 알려 드립니다: 10:00 \(중부유럽 표준시\)\. 날짜와 장소는 그대로/,
    not: /Europe\//,
  },
  {
    day: '2027-02-11',
    reader: 'nikolic-ivan',
    text: 'case.calendarTakenOff',
    believes: 'the meeting stands, and they are no longer of it',
    says: /You are no longer among those who attend.*It stands as arranged for the others/,
    not: /Cancelled/,
  },
  {
    day: '2027-03-24',
    reader: 'ilic-jelena',
    text: 'meeting.objection',
    believes: 'Korea objects, why, and that a new draft is theirs to circulate',
    says: /objects to draft 1.*Item 2 should say that the training is held online.*circulates a new draft by Wednesday, 31 March 2027/,
  },
  {
    day: '2027-04-14',
    reader: 'jovanovic-nikola',
    text: 'meeting.toSign',
    believes: 'silence has agreed the second draft, which they sign',
    says: /were agreed on Tuesday, 13 April 2027\. Please sign them as co-chair/,
  },
  {
    day: '2027-04-20',
    reader: 'ilic-jelena',
    text: 'meeting.minutesSigned',
    believes: 'both decisions stand, in the words of the second draft',
    says: /with their protection and 2\. Korea trains twenty municipal officials, online\. /,
    not: /\.\./,
  },
  {
    day: '2027-06-14',
    reader: 'jovanovic-nikola',
    text: 'action.complete',
    believes: 'it is 31 days late, and those below have been reminded',
    says: /31 days overdue.*You read this as a co-chair: .* and those above have been reminded, and it is overdue/,
  },
  {
    day: '2028-04-18',
    reader: 'jovanovic-nikola',
    text: 'mou.decide',
    believes: 'Korea has not decided, and a notice is possible until the Saturday',
    says: /unless notice is given by Saturday, 22 April 2028/,
    not: /no longer/,
  },
  {
    day: '2028-04-21',
    reader: 'petrovic-milica',
    text: 'mou.leftToText',
    believes: 'it renews by itself, unless somebody gives notice by the day after',
    says: /unless notice is given by Saturday, 22 April 2028/,
    not: /no longer/,
  },
  {
    day: '2028-08-21',
    reader: 'kim-minji',
    text: 'case.personLeft',
    believes: 'the secretary leaves on 1 September, and which cases that concerns',
    says: /Јелена Илић 님께서 2028년 9월 1일 금요일부터 근무하지 않으십니다.*committee\/kr-rs/,
  },
  {
    day: '2028-10-23',
    reader: 'nikolic-ivan',
    text: 'mou.renewed',
    believes: 'it was renewed by itself, and by when the next decision is due',
    says: /was renewed tacitly\. Term 2 began on Sunday, 22 October 2028.*The next decision is due by Monday, 22 April 2030/,
  },
  {
    day: '2030-04-24',
    reader: 'kim-minji',
    text: 'mou.noticeGiven',
    believes: 'the notice came too late for term 2, so it ends with the next',
    says: /2032년 10월 22일 금요일에 종료됩니다\. 제2차 유효기간의 통보 기한이 지나 다음 기간이 끝날 때/,
  },
];
