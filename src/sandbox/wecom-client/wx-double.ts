/**
 * `wx` as pages know it. It runs in the sidebar's page and asks the pretend client, the page around it, which knows
 * where it was opened and has the sandbox judge every call.
 */
export const wxDouble = `(() => {
  const waiting = new Map();
  const settled = { config: undefined, agent: false };
  const listeners = { ready: [], error: [] };
  let asked = 0;

  const ask = (method, params) =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      const url = location.href.split('#')[0];
      parent.postMessage({ wx: 'ask', id: asked, method, params, url }, '*');
    });

  addEventListener('message', ({ source, data }) => {
    if (source !== parent || !data || data.wx !== 'answer') return;
    const resolve = waiting.get(data.id);
    waiting.delete(data.id);
    if (resolve) resolve(data.answer);
  });

  const tell = () => {
    if (!settled.config) return;
    const name = settled.config.errMsg === 'config:ok' ? 'ready' : 'error';
    for (const listener of listeners[name].splice(0)) listener(settled.config);
  };

  window.wx = {
    config({ beta, debug, ...params }) {
      settled.config = undefined;
      ask('config', { ...params, timestamp: Number(params.timestamp) }).then((answer) => {
        settled.config = answer;
        tell();
      });
    },
    ready(listener) {
      listeners.ready.push(listener);
      tell();
    },
    error(listener) {
      listeners.error.push(listener);
      tell();
    },
    agentConfig({ success, fail, ...params }) {
      ask('agentConfig', { ...params, agentid: String(params.agentid), timestamp: Number(params.timestamp) }).then((answer) => {
        settled.agent = answer.errMsg === 'agentConfig:ok';
        (settled.agent ? success : fail)(answer);
      });
    },
    invoke(method, params, callback) {
      if (!settled.agent) return callback({ err_msg: method + ':fail, no permission' });
      ask(method, params).then(callback);
    },
  };
})();
`;
