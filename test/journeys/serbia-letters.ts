/**
 * Every letter of the story of Serbia: the day in its reader's zone, its reader, its text, how urgent it is, and the days that it must
 * name. Worked out by hand from the story, the ladders and the holidays of both countries, and read in full.
 */
const letters = `
2026-03-24 kim-minji         request.acknowledge      past       2026-03-16 2026-03-09
2026-03-25 petrovic-milica   request.acknowledged     -          2026-03-09
2026-03-26 petrovic-milica   request.askedBack        -          2026-04-10
2026-04-03 petrovic-milica   request.answer           before     2026-04-10 2026-03-09
2026-04-09 petrovic-milica   request.answer           before     2026-04-10 2026-03-09
2026-04-14 petrovic-milica   request.answer           overdue    2026-04-10 2026-03-09
2026-04-16 kim-minji         request.assigned         -          2026-06-12 2026-03-09
2026-04-17 park-jisoo        request.opinionAsked     -          2026-05-04 2026-03-09
2026-04-17 lim-haneul        request.opinionAsked     -          2026-05-04 2026-03-09
2026-04-17 oh-seungmin       request.opinionAsked     -          2026-05-04 2026-03-09
2026-04-28 lim-haneul        request.opinion          before     2026-05-04 2026-03-09
2026-04-28 oh-seungmin       request.opinion          before     2026-05-04 2026-03-09
2026-05-04 lim-haneul        request.opinion          due        2026-05-04 2026-03-09
2026-05-06 kim-minji         request.opinionExpired   -
2026-05-12 kim-minji         request.settled          -
2026-05-12 park-jisoo        request.settled          -
2026-05-12 lim-haneul        request.settled          -
2026-05-12 oh-seungmin       request.settled          -
2026-05-12 petrovic-milica   mou.proposed             -          2026-06-11
2026-05-12 petrovic-milica   request.accepted         -
2026-05-20 kim-minji         mou.draftAsked           -          2026-06-19
2026-06-08 petrovic-milica   mou.draftReceived        -          2026-07-08
2026-07-02 kim-minji         mou.draftReceived        -          2026-07-31
2026-07-14 jung-sooyeon      mou.opinionAsked         -          2026-07-29
2026-07-24 jung-sooyeon      mou.opinion              before     2026-07-29
2026-07-28 kim-minji         mou.authorityAsked       -          2026-08-28 2026-07-28
2026-07-28 petrovic-milica   mou.authorityAsked       -          2026-08-28 2026-07-28
2026-08-26 petrovic-milica   mou.authority            before     2026-08-28 2026-07-28
2026-08-31 kim-minji         mou.signingArranged      -          2026-09-10
2026-08-31 petrovic-milica   mou.signingArranged      -          2026-09-10
2026-09-08 kim-minji         mou.signing              before     2026-09-10
2026-09-10 kim-minji         mou.signing              due        2026-09-10
2026-09-10 petrovic-milica   mou.signed               -          2027-03-10 2026-09-10
2026-09-11 kim-minji         mou.signed               -          2027-03-10 2026-09-10
2026-09-16 kim-minji         mou.posting              before     2026-09-18 2026-09-10
2026-09-17 kim-minji         mou.posted               -          2026-09-17
2026-10-23 kim-minji         mou.inEffect             -          2026-10-22 2026-09-10 2028-10-22 2028-04-22
2026-10-23 petrovic-milica   mou.inEffect             -          2026-10-22 2026-09-10 2028-10-22 2028-04-22
2026-10-23 jung-sooyeon      mou.inEffect             -          2026-10-22 2026-09-10 2028-10-22 2028-04-22
2026-12-14 kim-minji         meeting.callForItems     -          2027-02-16 2027-03-09
2026-12-14 petrovic-milica   meeting.callForItems     -          2027-02-16 2027-03-09
2027-01-28 kim-minji         meeting.timeSet          -          2027-03-09
2027-01-28 petrovic-milica   meeting.timeSet          -          2027-03-09
2027-02-04 petrovic-milica   meeting.invitation       -          2027-03-09 2027-02-16 2027-02-22
2027-02-04 jovanovic-nikola  meeting.invitation       -          2027-03-09 2027-02-16 2027-02-22
2027-02-04 nikolic-ivan      meeting.invitation       -          2027-03-09 2027-02-16 2027-02-22
2027-02-05 kim-minji         meeting.invitation       -          2027-03-09 2027-02-16 2027-02-22
2027-02-05 yoon-jaeho        meeting.invitation       -          2027-03-09 2027-02-16 2027-02-22
2027-02-11 ilic-jelena       case.calendarInvitation  -          2027-03-09
2027-02-11 ilic-jelena       meeting.secretaryNamed   -          2027-02-22 2027-03-09
2027-02-11 nikolic-ivan      case.calendarTakenOff    -          2027-03-09
2027-02-19 ilic-jelena       meeting.agenda           before     2027-02-22 2027-03-09
2027-02-19 petrovic-milica   meeting.agendaCirculated -          2027-03-09
2027-02-19 jovanovic-nikola  meeting.agendaCirculated -          2027-03-09
2027-02-19 ilic-jelena       meeting.agendaCirculated -          2027-03-09
2027-02-22 kim-minji         meeting.agendaCirculated -          2027-03-09
2027-02-22 yoon-jaeho        meeting.agendaCirculated -          2027-03-09
2027-03-09 stojanovic-vesna  action.asked             -          2027-03-16 2027-05-14 2027-03-09
2027-03-10 park-jisoo        action.asked             -          2027-03-16 2027-04-30 2027-03-09
2027-03-12 ilic-jelena       meeting.draftMinutes     before     2027-03-16 2027-03-09
2027-03-12 stojanovic-vesna  action.accept            before     2027-03-16 2027-03-09
2027-03-12 petrovic-milica   meeting.minutesToComment -          2027-03-26
2027-03-15 kim-minji         meeting.minutesToComment -          2027-03-26
2027-03-19 kim-minji         meeting.comment          before     2027-03-26 2027-03-09 2027-03-12
2027-03-19 petrovic-milica   meeting.comment          before     2027-03-26 2027-03-09 2027-03-12
2027-03-24 kim-minji         meeting.objection        -          2027-03-31
2027-03-24 ilic-jelena       meeting.objection        -          2027-03-31
2027-03-29 ilic-jelena       meeting.draftMinutes     before     2027-03-31
2027-03-30 kim-minji         meeting.minutesToComment -          2027-04-13
2027-03-30 petrovic-milica   meeting.minutesToComment -          2027-04-13
2027-03-31 park-jisoo        action.complete          before     2027-04-30 2027-03-09
2027-04-08 kim-minji         meeting.comment          before     2027-04-13 2027-03-09 2027-03-30
2027-04-08 petrovic-milica   meeting.comment          before     2027-04-13 2027-03-09 2027-03-30
2027-04-13 kim-minji         meeting.comment          due        2027-04-13 2027-03-09 2027-03-30
2027-04-13 petrovic-milica   meeting.comment          due        2027-04-13 2027-03-09 2027-03-30
2027-04-14 yoon-jaeho        meeting.toSign           -          2027-04-27 2027-04-13
2027-04-14 jovanovic-nikola  meeting.toSign           -          2027-04-27 2027-04-13
2027-04-14 stojanovic-vesna  action.complete          before     2027-05-14 2027-03-09
2027-04-16 park-jisoo        action.complete          before     2027-04-30 2027-03-09
2027-04-20 kim-minji         meeting.minutesSigned    -          2027-04-20
2027-04-20 petrovic-milica   meeting.minutesSigned    -          2027-04-20
2027-04-20 ilic-jelena       meeting.minutesSigned    -          2027-04-20
2027-04-20 yoon-jaeho        meeting.minutesSigned    -          2027-04-20
2027-04-20 jovanovic-nikola  meeting.minutesSigned    -          2027-04-20
2027-04-23 park-jisoo        action.complete          before     2027-04-30 2027-03-09
2027-04-26 kim-minji         action.toVerify          -          2027-05-12
2027-04-29 stojanovic-vesna  action.complete          before     2027-05-14 2027-03-09
2027-05-07 stojanovic-vesna  action.complete          before     2027-05-14 2027-03-09
2027-05-13 stojanovic-vesna  action.complete          before     2027-05-14 2027-03-09
2027-05-14 stojanovic-vesna  action.complete          due        2027-05-14 2027-03-09
2027-05-17 stojanovic-vesna  action.complete          overdue    2027-05-14 2027-03-09
2027-05-24 stojanovic-vesna  action.complete          overdue    2027-05-14 2027-03-09
2027-05-24 markovic-dragan   action.complete          escalation 2027-05-14 2027-03-09
2027-05-31 stojanovic-vesna  action.complete          overdue    2027-05-14 2027-03-09
2027-05-31 markovic-dragan   action.complete          escalation 2027-05-14 2027-03-09
2027-06-07 stojanovic-vesna  action.complete          overdue    2027-05-14 2027-03-09
2027-06-07 kim-minji         action.complete          escalation 2027-05-14 2027-03-09
2027-06-14 stojanovic-vesna  action.complete          overdue    2027-05-14 2027-03-09
2027-06-14 jovanovic-nikola  action.complete          escalation 2027-05-14 2027-03-09
2027-06-14 yoon-jaeho        action.complete          escalation 2027-05-14 2027-03-09
2027-06-16 kim-minji         action.toVerify          -          2027-06-30
2027-06-18 stojanovic-vesna action.done              -
2027-06-18 markovic-dragan  action.done              -
2027-06-18 jovanovic-nikola action.done              -
2027-06-18 yoon-jaeho       action.done              -
2027-10-22 kim-minji         mou.decide               before     2028-04-21 2028-10-22 2028-04-22
2027-12-13 kim-minji         committee.nextMeeting    -          2028-03-09 2027-03-09
2027-12-13 kim-minji         meeting.callForItems     -          2028-02-03 2028-02-24
2027-12-13 petrovic-milica   meeting.callForItems     -          2028-02-03 2028-02-24
2028-01-21 kim-minji         mou.decide               before     2028-04-21 2028-10-22 2028-04-22
2028-01-24 petrovic-milica   meeting.invitation       -          2028-02-24 2028-02-03 2028-02-09
2028-01-24 jovanovic-nikola  meeting.invitation       -          2028-02-24 2028-02-03 2028-02-09
2028-01-24 ilic-jelena       meeting.invitation       -          2028-02-24 2028-02-03 2028-02-09
2028-01-25 kim-minji         meeting.invitation       -          2028-02-24 2028-02-03 2028-02-09
2028-01-25 yoon-jaeho        meeting.invitation       -          2028-02-24 2028-02-03 2028-02-09
2028-02-07 kim-minji         meeting.agenda           before     2028-02-09 2028-02-24
2028-02-08 kim-minji         meeting.agendaCirculated -          2028-02-24
2028-02-08 yoon-jaeho        meeting.agendaCirculated -          2028-02-24
2028-02-08 petrovic-milica   meeting.agendaCirculated -          2028-02-24
2028-02-08 jovanovic-nikola  meeting.agendaCirculated -          2028-02-24
2028-02-08 ilic-jelena       meeting.agendaCirculated -          2028-02-24
2028-02-25 kim-minji         meeting.minutesToComment -          2028-03-13
2028-02-25 petrovic-milica   meeting.minutesToComment -          2028-03-10
2028-02-28 jovanovic-nikola  meeting.toSign           -          2028-03-13 2028-02-28
2028-02-29 yoon-jaeho        meeting.toSign           -          2028-03-14 2028-02-28
2028-02-29 petrovic-milica   meeting.minutesSigned    -          2028-02-29
2028-02-29 ilic-jelena       meeting.minutesSigned    -          2028-02-29
2028-02-29 jovanovic-nikola  meeting.minutesSigned    -          2028-02-29
2028-03-02 kim-minji         meeting.minutesSigned    -          2028-02-29
2028-03-02 yoon-jaeho        meeting.minutesSigned    -          2028-02-29
2028-03-22 kim-minji         mou.decide               before     2028-04-21 2028-10-22 2028-04-22
2028-04-07 kim-minji         mou.decide               before     2028-04-21 2028-10-22 2028-04-22
2028-04-07 yoon-jaeho        mou.decide               escalation 2028-04-21 2028-10-22 2028-04-22
2028-04-14 kim-minji         mou.decide               before     2028-04-21 2028-10-22 2028-04-22
2028-04-14 yoon-jaeho        mou.decide               escalation 2028-04-21 2028-10-22 2028-04-22
2028-04-18 jovanovic-nikola  mou.decide               escalation 2028-04-21 2028-10-22 2028-04-22
2028-04-21 kim-minji         mou.decide               due        2028-04-21 2028-10-22 2028-04-22
2028-04-21 yoon-jaeho        mou.decide               escalation 2028-04-21 2028-10-22 2028-04-22
2028-04-21 jovanovic-nikola  mou.decide               escalation 2028-04-21 2028-10-22 2028-04-22
2028-04-21 petrovic-milica   mou.leftToText           -          2028-10-22 2028-04-22
2028-04-24 kim-minji         mou.leftToText           -          2028-10-22 2028-04-22
2028-08-21 kim-minji         case.personLeft          -          2028-09-01
2028-09-01 kim-minji         case.successor           before     2028-09-04 2028-09-01
2028-09-04 kim-minji         case.successor           due        2028-09-04 2028-09-01
2028-09-07 kim-minji         case.successor           overdue    2028-09-04 2028-09-01
2028-10-23 kim-minji         mou.renewed              -          2030-10-22 2028-10-22 2030-04-22
2028-10-23 nikolic-ivan      mou.renewed              -          2030-10-22 2028-10-22 2030-04-22
2029-10-24 kim-minji         mou.decide               before     2030-04-22 2030-10-22
2030-01-22 kim-minji         mou.decide               before     2030-04-22 2030-10-22
2030-03-22 kim-minji         mou.decide               before     2030-04-22 2030-10-22
2030-04-08 kim-minji         mou.decide               before     2030-04-22 2030-10-22
2030-04-08 yoon-jaeho        mou.decide               escalation 2030-04-22 2030-10-22
2030-04-15 kim-minji         mou.decide               before     2030-04-22 2030-10-22
2030-04-15 yoon-jaeho        mou.decide               escalation 2030-04-22 2030-10-22
2030-04-15 jovanovic-nikola  mou.decide               escalation 2030-04-22 2030-10-22
2030-04-22 kim-minji         mou.decide               due        2030-04-22 2030-10-22
2030-04-22 yoon-jaeho        mou.decide               escalation 2030-04-22 2030-10-22
2030-04-22 jovanovic-nikola  mou.decide               escalation 2030-04-22 2030-10-22
2030-04-22 nikolic-ivan      mou.leftToText           -          2030-10-22 2030-04-22
2030-04-23 kim-minji         mou.leftToText           -          2030-10-22 2030-04-22
2030-04-24 kim-minji         mou.noticeGiven          -          2032-10-22 2030-04-23
`;

export const lettersInOrder = letters
  .trim()
  .split('\n')
  .map((line) => {
    const [day = '', reader = '', text = '', tone = '', ...says] = line.split(/ +/);
    return { day, reader, text, tone, says };
  });
