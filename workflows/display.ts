import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CaseView } from '../domain/case/view.ts';
import { detailsOf } from './details.ts';
import { searchAttributesOf } from './search-attributes.ts';

/** What operators see of a case. Search attributes are set only when they change: each time costs an event. */
export class Display {
  private shown = '';

  show(view: CaseView): void {
    setCurrentDetails(detailsOf(view));
    const attributes = searchAttributesOf(view);
    const text = JSON.stringify(attributes);
    if (text !== this.shown) upsertSearchAttributes(attributes);
    this.shown = text;
  }
}
