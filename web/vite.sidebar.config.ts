import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The Host header passes through unchanged: the server compares it with Origin.
const server = { '/api': { target: 'http://127.0.0.1:3000' } };

/** The page beside a WeCom chat: a program of its own, for the older browsers inside WeCom's clients. */
export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: server },
  preview: { host: '127.0.0.1', proxy: server },
  build: {
    outDir: 'dist',
    // The console was built into the same folder before.
    emptyOutDir: false,
    copyPublicDir: false,
    assetsDir: 'sidebar/assets',
    assetsInlineLimit: 0,
    target: ['chrome80', 'safari13'],
    rolldownOptions: { input: 'sidebar/index.html' },
  },
});
