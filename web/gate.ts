import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { largestDocument } from '../domain/document.ts';
import { isFromOurPages, whoAsks } from './guard.ts';
import { type Limits, Rate } from './rate.ts';
import { plain, tooMany, type Turn, turned } from './replies.ts';

const largestForm = 96 * 1024;
/** With files: those of one letter, and what is typed. */
const largestFormWithFiles = largestDocument + largestForm;

const limited = (maxSize: number): MiddlewareHandler =>
  bodyLimit({ maxSize, onError: (c) => plain(c, 'tooLarge', 413) });
const [typedAlone, withFiles] = [limited(largestForm), limited(largestFormWithFiles)];

/** How much may be asked, by whom and from where, before a page is made. */
export class Gate {
  private readonly rate = new Rate();
  readonly url: string;
  private readonly behindProxy: boolean;
  readonly limits: Limits;

  constructor({ url, behindProxy }: { url: string; behindProxy: boolean }, limits: Limits) {
    this.url = url;
    this.behindProxy = behindProxy;
    this.limits = limits;
  }

  readonly pages: MiddlewareHandler = async (c, next) =>
    this.isTooMuch(c, 'page', this.limits.pages) ? tooMany(c) : next();

  /** Before it is known who asks: a network that has used up what it may open without a session makes us look up none. */
  readonly visits: MiddlewareHandler = async (c, next) =>
    this.rate.isUsedUp(`page ${whoAsks(c, this.behindProxy)}`, this.limits.pages) ? tooMany(c) : next();

  /**
   * Counts one more page, by whoever is signed in: a whole ministry may ask from one address. Those who are not count as
   * one with all of their network.
   */
  readonly isOneTooMany = (c: Context, person: string | undefined): boolean =>
    person === undefined
      ? this.isTooMuch(c, 'page', this.limits.pages)
      : this.rate.isTooMuch(`page of ${person}`, this.limits.pages);

  /** Of a size that is read at all, and from our own pages. */
  readonly forms: MiddlewareHandler = (c, next) => {
    if (!isFromOurPages(c, this.url)) return Promise.resolve(plain(c, 'foreign', 403));
    return c.req.header('content-type')?.startsWith('multipart/form-data') ? withFiles(c, next) : typedAlone(c, next);
  };

  /** What only those find who were given the address: nobody finds one by trying. */
  async found(c: Context, turn: () => Promise<Turn | Response | undefined>): Promise<Response> {
    const missing = `miss ${whoAsks(c, this.behindProxy)}`;
    if (this.rate.isUsedUp(missing, this.limits.misses)) return tooMany(c);
    const found = await turn();
    if (found) return found instanceof Response ? found : turned(c, found);
    this.rate.isTooMuch(missing, this.limits.misses);
    return plain(c, 'unknown', 404);
  }

  /** Counts one more of something by one network address. */
  readonly isTooMuch = (c: Context, what: string, limit: number): boolean =>
    this.rate.isTooMuch(`${what} ${whoAsks(c, this.behindProxy)}`, limit);

  /** Counts one more link to sign in, by the network that asks and by all together; what the first refuses costs nobody else. */
  readonly isTooManySignIns = (c: Context): boolean =>
    this.isTooMuch(c, 'sign-in', this.limits.signIns) || this.rate.isTooMuch('sign-in', this.limits.allSignIns);

  /** Counts one more form that was sent with a token or by a session. */
  readonly isTooMany = (sender: string): boolean => this.rate.isTooMuch(`form ${sender}`, this.limits.forms);
}
