import { actionMatrix } from './action-matrix.ts';
import { briefingBookOfCountry, briefingBookOfVisit } from './briefing-book.ts';
import { pressReleaseOfEdition, wrapUpReport } from './edition-papers.ts';
import type { DocumentKind } from './kind.ts';
import { minutes } from './minutes.ts';
import { pressReleaseOfVisit } from './press-release.ts';
import { wrapUpReportOfWorkshop } from './workshop-papers.ts';
import { delegationList, visitProgramme } from './visit-papers.ts';

/** Every kind of document, by the name that stands in commands and file names. */
export const documentKinds: readonly DocumentKind[] = [
  minutes,
  actionMatrix,
  visitProgramme,
  delegationList,
  briefingBookOfCountry,
  briefingBookOfVisit,
  wrapUpReport,
  wrapUpReportOfWorkshop,
  pressReleaseOfVisit,
  pressReleaseOfEdition,
];
