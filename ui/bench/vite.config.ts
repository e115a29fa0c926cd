import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Pages for looking and measuring; no part of what is shipped. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../artifacts/ui-bench',
    emptyOutDir: true,
    target: 'es2023',
    rolldownOptions: { input: [`${import.meta.dirname}/flame.html`] },
  },
  worker: { format: 'es' },
});
