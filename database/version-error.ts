/** The database is not one that this version can work with. */
export class DatabaseVersionError extends Error {
  override readonly name = 'DatabaseVersionError';
}
