import { html } from 'hono/html';
import { type AskedFor } from '../../domain/forecast/asked-for.ts';
import { askedCells, askedHead, whoIsAsked } from '../commands/asked-for-text.ts';
import { table } from './page.ts';

/** Who has to decide or do something on a course, by when, and what happens by itself if they do not. */
export const askedPart = (all: readonly AskedFor[]) => html`<h2>${whoIsAsked} (${all.length})</h2>
${table(askedHead, all.map(askedCells), { label: whoIsAsked, momentFits: true })}`;
