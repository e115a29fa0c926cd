import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The server under test while developing: `npm run dev` beside `./build.sh run`.
const server = process.env['KAGARI_URL'] ?? 'http://localhost:4040';
const asked = [
  '/api',
  '/querier.v1.',
  '/adhocprofiles.v1.',
  '/settings.v1.',
  '/vcs.v1.',
  '/debuginfo.v1alpha1.',
  '/runtime_config',
  '/capabilities.v1.',
  '/pprof',
  '/ready',
  '/metrics',
  '/ingest',
];

export default defineConfig({
  // Relative, because the server may stand behind a path prefix: index.html carries a <base> that the server fills in.
  base: './',
  plugins: [react()],
  build: {
    outDir: '../artifacts/ui',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // Small shared modules together: thirty files of a kilobyte compress worse and take longer than one.
    rolldownOptions: { output: { advancedChunks: { groups: [{ name: 'shared', test: /[\\/]src[\\/]/, minShareCount: 4 }] } } },
  },
  worker: { format: 'es' },
  server: { proxy: Object.fromEntries(asked.map((path) => [path, { target: server, changeOrigin: true }])) },
  test: { setupFiles: ['test/storage.ts'], include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], reporters: ['default'] },
});
