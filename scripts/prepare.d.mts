/** Packages installed, the embedded database compiled, server and web console built; nothing when nothing changed. */
export function prepare(options?: { web?: boolean; sqlite?: boolean; log?: (line: string) => void }): Promise<void>;
