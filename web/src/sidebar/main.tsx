import { unstableSetRender } from 'antd-mobile';
import { createRoot, type Root } from 'react-dom/client';
import { App } from './app';
import '../styles.css';
import './sidebar.css';

const roots = new WeakMap<Element | DocumentFragment, Root>();

// React 19 no longer has what antd-mobile shows its toasts with.
unstableSetRender((node, container) => {
  const root = roots.get(container) ?? createRoot(container);
  roots.set(container, root);
  root.render(node);
  return async () => root.unmount();
});

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
