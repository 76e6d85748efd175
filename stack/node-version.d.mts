export function saidOfOlderNode(): string | undefined;
