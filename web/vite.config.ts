import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The Host header passes through unchanged: the server compares it with Origin.
const server = { '/api': { target: 'http://127.0.0.1:3000' } };

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy: server },
  preview: { host: '127.0.0.1', proxy: server },
  build: {
    outDir: 'dist',
    target: ['chrome111', 'edge111', 'firefox114', 'safari16.4'],
    // Everything is a file of this server: the content security policy allows data: only for pictures.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What every page needs and seldom changes keeps its name, and so its place in the browser's cache.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// },
            { name: 'data', test: /node_modules\/(@tanstack|openapi-|i18next|react-i18next|zustand)/ },
          ],
        },
      },
    },
  },
});
