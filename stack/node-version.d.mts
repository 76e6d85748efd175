export function saidOfOtherNode(): string | undefined;
