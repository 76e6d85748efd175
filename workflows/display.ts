import { patched, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseView } from '../domain/case/view.ts';
import { detailsOf } from './details.ts';
import { laterAttributesOf, searchAttributesOf } from './search-attributes.ts';

/** What operators see of a case. Search attributes are set only when they change: each time costs an event. */
export class Display {
  private shown = '';
  private shownLater = '';

  /**
   * Runs that set no attributes for the countries that came later replay without them, and have them from then on. What
   * came later goes along whenever the others change, which a replay does not notice; only alone does it take a mark.
   */
  show(view: CaseView, openedWith: readonly string[]): void {
    setCurrentDetails(detailsOf(view));
    const hasMore = view.countries.length > openedWith.length && patched('countries-of-now');
    const first = searchAttributesOf(hasMore ? view : { ...view, countries: openedWith });
    const later = laterAttributesOf(view);
    const [text, laterText] = [JSON.stringify(first), JSON.stringify(later)];
    if (text === this.shown && (laterText === this.shownLater || !patched('owed-by'))) return;
    upsertSearchAttributes([...first, ...later]);
    this.shown = text;
    this.shownLater = laterText;
  }
}
