export function compiled(program: string, root?: string): Promise<URL | undefined>;

export class CompileError extends Error {}

export function compiledApart(
  program: string,
  where: { readonly root: string; readonly folder: string; readonly packages: string },
): Promise<void>;
