/** The one style of the pretend client's pages. */
const look = `
:root { color-scheme: light dark; --line: #8884; --page: #fff; --text: #1c2430; --said: #eceff3; --link: #1666c5; }
@media (prefers-color-scheme: dark) { :root { --page: #10141a; --text: #e4e9f0; --said: #242b36; --link: #5a9be6; } }
* { box-sizing: border-box; }
body { font: 15px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; margin: 0; background: var(--page); color: var(--text); }
a { color: var(--link); }
main { max-width: 880px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 20px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 24px 0 8px; }
p { margin: 0 0 12px; }
ul { list-style: none; margin: 0; padding: 0; }
li { display: flex; gap: 12px; justify-content: space-between; padding: 8px 0; border-bottom: 1px solid var(--line); }
form { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin: 12px 0; }
label { display: grid; font-size: 13px; }
input, select, button { font: inherit; padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: var(--text); }
.client { display: grid; grid-template-columns: minmax(0, 1fr) 377px; height: 100vh; }
.chat { padding: 16px 20px; border-right: 1px solid var(--line); overflow: auto; }
.said { background: var(--said); border-radius: 8px; display: inline-block; margin: 6px 0; padding: 8px 12px; }
iframe { width: 100%; height: 100%; border: 0; }
@media (max-width: 760px) { .client { grid-template-columns: 1fr; grid-template-rows: auto 700px; height: auto; } }`;

export const html = (
  title: string,
  body: string,
): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${look}</style></head><body>${body}</body></html>`;
