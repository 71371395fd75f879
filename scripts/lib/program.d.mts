export declare const program: readonly string[];
