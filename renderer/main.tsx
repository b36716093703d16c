import './transport/no-eval.ts';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { start } from './app/start.ts';
import { applyLanguage } from './strings/language.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root to render into.');

await applyLanguage('system');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void start();
