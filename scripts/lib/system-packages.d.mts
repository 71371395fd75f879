/** The path of the browser that tests drive: CHROMIUM, or where the system puts it. */
export function chromium(): string;
export function ensureSystemPackages(): Promise<void>;
