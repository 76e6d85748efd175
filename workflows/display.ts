import { patched, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseView } from '../domain/case/view.ts';
import { detailsOf } from './details.ts';
import { searchAttributesOf } from './search-attributes.ts';

/** What operators see of a case. Search attributes are set only when they change: each time costs an event. */
export class Display {
  private shown = '';

  /** Runs that set no attributes for the countries that came later replay without them, and have them from then on. */
  show(view: CaseView, openedWith: readonly string[]): void {
    setCurrentDetails(detailsOf(view));
    const hasMore = view.countries.length > openedWith.length && patched('countries-of-now');
    const attributes = searchAttributesOf(hasMore ? view : { ...view, countries: openedWith });
    const text = JSON.stringify(attributes);
    if (text !== this.shown) upsertSearchAttributes(attributes);
    this.shown = text;
  }
}
