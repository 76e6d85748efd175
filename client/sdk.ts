// Compiled into us, a CommonJS package has no names for a dynamic import: so this is what is imported that way.
import * as sdk from '@temporalio/client';

export { sdk };
