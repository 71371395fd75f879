import { serveLibrary } from './child';
import { loadLibrary } from './library';

// The archive's child process: the vendor's library, and nothing of the server.
void serveLibrary(loadLibrary, { input: process.stdin, output: process.stdout });
