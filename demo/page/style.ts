/** The page's stylesheet: the look of Slack's desktop and phone clients, light and dark, without any outside asset. */
export const STYLE = `
:root {
  --chrome: #431343; --chrome-2: #55205a; --chrome-text: #f2e7f3; --chrome-dim: #d3b9d5; --chrome-on: #f9edff; --chrome-on-text: #39063a;
  --page: #fff; --text: #1d1c1d; --dim: #616061; --faint: #868686; --line: #dddddd; --soft: #f8f8f8; --hover: #f8f8f8;
  --link: #1264a3; --green: #007a5a; --red: #e01e5a; --mention: #e8f5fa; --broadcast: #fdf2d2; --code: #c01343; --code-line: #dfdfdf; --badge: #e01e5a;
  --button-line: #bbbabb; --c1: #2b6cb8; --c2: #d97706; --c3: #178a63; --c4: #8250c4; --c5: #c7254e; --c6: #5b6770;
}
:root[data-theme='dark'] {
  --chrome: #1f0d20; --chrome-2: #2b152d; --chrome-text: #efe4f0; --chrome-dim: #b9a3bb; --chrome-on: #7d3986; --chrome-on-text: #fff;
  --page: #1a1d21; --text: #d1d2d3; --dim: #ababad; --faint: #8d8d8f; --line: #35373b; --soft: #222529; --hover: #222529;
  --link: #1d9bd1; --green: #2bac76; --red: #f2547d; --mention: #1c3d4f; --broadcast: #4d3f10; --code: #e8912d; --code-line: #3e4044;
  --button-line: #5d5f63; --c1: #5aa2ee; --c2: #f0a03c; --c3: #3cc08a; --c4: #b08ae6; --c5: #f0688a; --c6: #9aa5ad;
}
* { box-sizing: border-box; }
html, body { margin: 0; height: 100%; background: var(--chrome); color: var(--text); }
body { font: 15px/1.46668 Slack-Lato, Lato, 'Helvetica Neue', Helvetica, 'Segoe UI', Arial, 'Apple Color Emoji', 'Noto Color Emoji', sans-serif; -webkit-font-smoothing: antialiased; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
button, select, textarea { font: inherit; color: inherit; }
[hidden] { display: none !important; }
.icon { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; flex: none; }
.icon-more path { stroke-width: 2.8; }
.avatar { display: block; border-radius: 22%; flex: none; }

/* Frame */
.window { display: grid; height: 100vh; height: 100dvh; grid-template: 40px minmax(0, 1fr) / 68px minmax(0, 1fr); }
.topbar { grid-column: 1 / -1; display: flex; align-items: center; justify-content: center; }
.search { display: flex; gap: 6px; align-items: center; width: min(640px, 52%); height: 26px; padding: 0 10px; border-radius: 6px; color: var(--chrome-text); background: #ffffff33; font-size: 13px; line-height: 26px; }
.rail { display: flex; flex-direction: column; align-items: center; gap: 14px; padding-top: 6px; color: var(--chrome-text); font-size: 11px; font-weight: 700; }
.rail .tile { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 8px; background: #ffffffd9; color: #431343; font-size: 18px; font-weight: 900; margin-bottom: 4px; }
.rail .entry { display: grid; justify-items: center; gap: 3px; }
.rail .glyph { display: grid; place-items: center; width: 36px; height: 36px; border-radius: 8px; }
.rail .on .glyph { background: #ffffff33; }
.panel { display: grid; grid-template-columns: 248px minmax(0, 1fr); margin: 0 4px 4px 0; border-radius: 8px; overflow: hidden; background: var(--page); }
.with-thread .panel { grid-template-columns: 248px minmax(0, 1fr) minmax(340px, 40%); }
.drawer-shade, .drawer-button { display: none; }

/* Sidebar */
.sidebar { background: var(--chrome-2); color: var(--chrome-dim); overflow-y: auto; }
.sidebar-inner { display: flex; flex-direction: column; min-height: 100%; padding: 0 8px 12px; }
.workspace { display: flex; align-items: center; gap: 4px; height: 49px; padding: 0 8px; color: #fff; font-size: 18px; font-weight: 900; }
.sidebar .group { padding: 12px 8px 4px; font-size: 14px; }
.channel { display: flex; align-items: center; gap: 8px; height: 28px; padding: 0 8px; border-radius: 6px; color: inherit; }
.channel:hover { background: #ffffff1a; text-decoration: none; }
.channel .hash { width: 18px; text-align: center; display: grid; place-items: center; opacity: 0.85; }
.channel .name { flex: 1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.channel.unread { color: #fff; font-weight: 900; }
.channel.on { background: var(--chrome-on); color: var(--chrome-on-text); }
.badge { min-width: 20px; padding: 0 6px; border-radius: 10px; background: var(--badge); color: #fff; font-size: 12px; line-height: 18px; text-align: center; font-weight: 700; }
.sidebar .spacer { flex: 1; min-height: 16px; }
.viewer { display: grid; gap: 4px; padding: 8px; font-size: 12px; }
.viewer select { background: #ffffff1a; border: 1px solid #ffffff33; border-radius: 6px; padding: 4px 6px; color: #fff; font-size: 13px; }
.viewer option { color: #1d1c1d; background: #fff; }

/* Panes */
.main, .thread { display: flex; flex-direction: column; min-width: 0; min-height: 0; background: var(--page); }
.thread { border-left: 1px solid var(--line); }
.scroll { flex: 1; min-height: 0; overflow-y: auto; overflow-x: hidden; padding: 4px 0 12px; outline: none; }
.channel-header { border-bottom: 1px solid var(--line); flex: none; }
.channel-header .line { display: flex; align-items: center; gap: 8px; height: 49px; padding: 0 16px 0 20px; }
.channel-header h1 { display: flex; align-items: center; gap: 4px; margin: 0; font-size: 18px; font-weight: 900; white-space: nowrap; }
.channel-header .hash { display: inline-grid; place-items: center; }
.topic { color: var(--dim); font-size: 13px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.members { display: flex; align-items: center; margin-left: auto; padding: 3px; border: 1px solid var(--line); border-radius: 6px; font-size: 13px; font-weight: 700; color: var(--dim); }
.members { gap: 2px; }
.members .count { padding: 0 6px 0 8px; }
.tabs { display: flex; gap: 4px; padding: 0 16px; }
.tab { padding: 4px 8px 7px; color: var(--dim); font-size: 13px; font-weight: 700; border-bottom: 2px solid transparent; }
.tab.on { color: var(--text); border-color: var(--text); }
.thread-header { display: flex; align-items: baseline; gap: 8px; height: 49px; padding: 0 12px 0 16px; border-bottom: 1px solid var(--line); flex: none; line-height: 49px; }
.thread-header h2 { margin: 0; font-size: 18px; font-weight: 900; }
.thread-header .close { margin-left: auto; align-self: center; color: var(--dim); line-height: 0; padding: 6px; border-radius: 6px; }
.thread-header .close:hover { background: var(--hover); }

/* Messages */
.day { position: relative; text-align: center; margin: 12px 0 4px; }
.day::before { content: ''; position: absolute; left: 0; right: 0; top: 50%; border-top: 1px solid var(--line); }
.day span { position: relative; display: inline-block; padding: 2px 14px; background: var(--page); border: 1px solid var(--line); border-radius: 24px; font-size: 13px; font-weight: 700; }
.message { position: relative; display: grid; grid-template-columns: 36px minmax(0, 1fr); gap: 8px; padding: 8px 20px; }
.message:hover { background: var(--hover); }
.message.grouped { padding-top: 3px; padding-bottom: 3px; }
.message.ephemeral .body { min-width: 0; }
.message-actions { position: absolute; top: -12px; right: 20px; display: flex; background: var(--page); border: 1px solid var(--line); border-radius: 8px; opacity: 0; pointer-events: none; }
.message:hover > .message-actions, .message-actions:focus-within { opacity: 1; pointer-events: auto; }
.shortcut { display: flex; align-items: center; gap: 5px; padding: 4px 8px; border-radius: 7px; font-size: 13px; color: var(--dim); }
.shortcut:hover { background: var(--hover); color: var(--text); }
.shortcut.failed { color: #e01e5a; }
.gutter { padding-top: 4px; }
.message.ephemeral > .gutter { padding-top: 24px; }
.message.ephemeral.grouped > .gutter { padding-top: 26px; }
.grouped > .gutter time { display: none; font-size: 12px; color: var(--dim); text-align: right; padding-top: 2px; }
.message.grouped:hover > .gutter time { display: block; }
.body { min-width: 0; }
.only-you { display: flex; align-items: center; gap: 6px; color: var(--dim); font-size: 13px; margin-bottom: 2px; }
.by { display: flex; align-items: baseline; gap: 6px; line-height: 1.35; }
.by strong, :is(#slack_blocks_to_jsx.slack_blocks_to_jsx, .content) strong { font-weight: 700; }
.by strong, .workspace strong { font-weight: 900; }
.by time { font-size: 12px; color: var(--dim); }
.app-badge { padding: 0 3px; border-radius: 2px; background: var(--line); color: var(--dim); font-size: 10px; font-weight: 700; line-height: 14px; text-transform: uppercase; align-self: center; }
.edited { color: var(--faint); font-size: 13px; }
.content { overflow-wrap: anywhere; max-width: 800px; }
.replies { display: flex; align-items: center; gap: 4px; width: fit-content; max-width: 100%; min-height: 36px; margin: 4px 0 0 -5px; padding: 3px 10px 3px 5px; border: 1px solid transparent; border-radius: 8px; font-size: 13px; white-space: nowrap; overflow: hidden; }
.replies .avatar { border-radius: 5px; }
.replies strong { margin-left: 4px; }
.replies .last { color: var(--dim); margin-left: 4px; overflow: hidden; text-overflow: ellipsis; }
.replies .view { display: none; color: var(--dim); margin-left: 4px; }
.replies:hover { background: var(--page); border-color: var(--line); text-decoration: none; }
.replies:hover .last { display: none; }
.replies:hover .view { display: inline; }
.reply-count { display: flex; align-items: center; gap: 12px; margin: 4px 20px; color: var(--dim); font-size: 13px; }
.reply-count::after { content: ''; flex: 1; border-top: 1px solid var(--line); }
.empty { display: grid; place-content: center; min-height: 60%; text-align: center; color: var(--dim); padding: 24px; }
.empty h3 { margin: 0; color: var(--text); font-size: 22px; }
.scroll.home { background: var(--soft); padding: 0; }
.view a:not(.button) { color: var(--link); }
.view { max-width: 720px; margin: 0 auto; padding: 20px 24px 32px; background: var(--page); min-height: 100%; border: 1px solid var(--line); border-width: 0 1px; }

/* Text */
.para, .quote, .pre, .list, .item { display: block; }
.quote { position: relative; padding-left: 16px; margin: 4px 0; }
.quote::before { content: ''; position: absolute; left: 0; top: 0; bottom: 0; width: 4px; border-radius: 8px; background: var(--line); }
:is(#slack_blocks_to_jsx.slack_blocks_to_jsx, .content, .view) .pre { margin: 4px 0; padding: 8px; border: 1px solid var(--code-line); border-radius: 4px; background: var(--soft); font: 12px/1.5 Monaco, Menlo, Consolas, 'Liberation Mono', monospace; white-space: pre-wrap; }
:is(#slack_blocks_to_jsx.slack_blocks_to_jsx, .content, .view, .hint) code { padding: 2px 3px 1px; border: 1px solid var(--code-line); border-radius: 3px; background: var(--soft); color: var(--code); font: 12px Monaco, Menlo, Consolas, 'Liberation Mono', monospace; white-space: pre-wrap; }
.para { white-space: pre-wrap; }
.item { display: flex; }
.bullet { min-width: 24px; text-align: center; }
.mention { padding: 0 2px 1px; border-radius: 3px; background: var(--mention); color: var(--link); }
.mention.broadcast { background: var(--broadcast); color: inherit; }
.emoji { font-size: 1.15em; line-height: 1; font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif; }
strong, :is(#slack_blocks_to_jsx.slack_blocks_to_jsx, .content) strong { font-weight: 700; }
.by strong, .workspace strong { font-weight: 900; }

/* Blocks: the library lays them out, these correct it towards the real thing */
#slack_blocks_to_jsx.slack_blocks_to_jsx { max-width: none; color: inherit; font: inherit; font-family: inherit !important; white-space: normal !important; display: block; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx--block_wrapper { background: none; color: inherit; font: inherit; }
#slack_blocks_to_jsx.slack_blocks_to_jsx p { margin: 0; white-space: normal; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .text-black-primary, #slack_blocks_to_jsx.slack_blocks_to_jsx .text-primary { color: inherit; font-size: 15px; line-height: 22px; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__section { margin: 4px 0; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__header { margin: 6px 0 4px; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__header_heading { margin: 0; color: inherit; font-size: 18px; line-height: 1.33; font-weight: 900; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__header_heading * { font-size: inherit; line-height: inherit; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .grid-cols-2 { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px 16px; max-width: 620px; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__context { margin: 4px 0; color: var(--dim); font-size: 13px; line-height: 1.38; gap: 2px 0; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__context * { color: inherit; font-size: inherit; line-height: inherit; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__context a { color: var(--link); }
#slack_blocks_to_jsx.slack_blocks_to_jsx img { max-width: 100%; }
#slack_blocks_to_jsx.slack_blocks_to_jsx .slack_blocks_to_jsx__divider { border: 0; border-top: 1px solid var(--line); margin: 12px 0; }
.section.with-accessory { display: flex; gap: 16px; align-items: flex-start; }
.section.with-accessory > .block { flex: 1; min-width: 0; }
.accessory { padding-top: 4px; }
.accessory-image { width: 88px; height: 88px; object-fit: cover; border-radius: 8px; }
.container, .card { margin: 8px 0; padding: 10px 14px; border: 1px solid var(--line); border-radius: 12px; max-width: 620px; }
.container > summary { font-weight: 900; cursor: pointer; }
.carousel { display: flex; gap: 8px; overflow-x: auto; }
.carousel .card { min-width: 260px; }
.undrawable { color: var(--dim); font-style: italic; }

/* Controls */
.controls { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 4px; align-items: center; }
.button { display: inline-flex; align-items: center; height: 30px; padding: 0 12px; border: 1px solid var(--button-line); border-radius: 6px; background: var(--page); color: var(--text); font-size: 13px; font-weight: 700; line-height: 1; cursor: pointer; white-space: nowrap; }
.button:hover { background: var(--hover); box-shadow: 0 1px 3px #00000014; text-decoration: none; }
.button.primary { background: var(--green); border-color: var(--green); color: #fff; }
.button.danger { color: var(--red); border-color: var(--red); }
.button.busy { opacity: 0.55; pointer-events: none; }
.button.failed::after { content: '⚠'; margin-left: 6px; color: var(--red); }
.menu { height: 30px; padding: 0 8px; border: 1px solid var(--button-line); border-radius: 6px; background: var(--page); font-size: 13px; font-weight: 700; max-width: 240px; }
.menu.overflow { appearance: none; width: 34px; padding: 0; text-align: center; text-align-last: center; cursor: pointer; }
.control-stub { padding: 4px 10px; border: 1px dashed var(--button-line); border-radius: 6px; color: var(--dim); font-size: 13px; }

/* Tables */
.table-frame { margin: 8px 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden; width: fit-content; min-width: min(320px, 100%); max-width: 100%; }
.table-scroll { overflow-x: auto; overflow-wrap: normal; }
.table-frame table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.38; font-variant-numeric: tabular-nums; }
.table-frame th, .table-frame td { padding: 7px 10px; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; white-space: nowrap; max-width: 320px; overflow: hidden; text-overflow: ellipsis; }
.table-frame th + th, .table-frame th + td, .table-frame td + td { border-left: 1px solid var(--line); }
.table-frame .wraps, .data-table td, .data-table tbody th { white-space: normal; }
.data-table .right { white-space: nowrap; }
.table-frame thead th { border-top: 0; background: var(--soft); font-weight: 700; }
.table-frame tbody th { font-weight: 700; }
.table-frame .right { text-align: right; }
.table-frame .center { text-align: center; }
.table-caption { padding: 9px 12px; font-weight: 900; border-bottom: 1px solid var(--line); }
.data-table thead th { padding: 0; }
.sort { display: flex; gap: 6px; align-items: center; width: 100%; padding: 7px 10px; border: 0; background: none; font-weight: 700; cursor: pointer; white-space: nowrap; }
.right .sort { justify-content: flex-end; }
.sort .arrow { color: var(--faint); font-size: 11px; }
.sort[data-order] .arrow { color: var(--link); }
.table-pages { display: flex; align-items: center; justify-content: space-between; min-height: 34px; padding: 2px 12px; border-top: 1px solid var(--line); color: var(--dim); font-size: 12px; }
.turn { display: flex; gap: 4px; }
.turn button { width: 26px; height: 26px; border: 1px solid var(--line); border-radius: 6px; background: var(--page); font-size: 15px; line-height: 1; cursor: pointer; }
.turn button:disabled { opacity: 0.35; cursor: default; }

/* Charts */
.chart { margin: 8px 0; padding: 12px 14px 10px; border: 1px solid var(--line); border-radius: 10px; max-width: 620px; background: var(--page); }
.chart figcaption { font-weight: 900; margin-bottom: 6px; }
.chart { container-type: inline-size; }
.chart svg { display: block; width: 100%; height: auto; overflow: visible; font-family: inherit; }
.chart svg.middle, .chart svg.narrow { display: none; }
@container (max-width: 540px) { .chart svg.wide { display: none; } .chart svg.middle { display: block; } }
@container (max-width: 430px) { .chart svg.middle { display: none; } .chart svg.narrow { display: block; } }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .axis { stroke: var(--faint); stroke-width: 1; }
.chart .tick { fill: var(--dim); font-size: 11px; }
.chart .axis-label { fill: var(--dim); font-size: 11px; }
.chart .line { fill: none; stroke: var(--c); stroke-width: 2.25; stroke-linejoin: round; stroke-linecap: round; }
.chart .series.s2 .line { stroke-dasharray: 6 5; }
.chart .point { fill: var(--page); stroke: var(--c); stroke-width: 2; }
.chart .series.s2 .point { display: none; }
.chart .fill { fill: var(--c); opacity: 0.18; }
.chart .bar, .chart .slice { fill: var(--c); }
.chart .slice { stroke: var(--page); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; justify-content: center; gap: 4px 16px; margin-top: 6px; color: var(--dim); font-size: 12px; }
.legend .entry { display: inline-flex; align-items: center; gap: 6px; }
.legend .swatch { width: 10px; height: 10px; border-radius: 3px; background: var(--c); }
.legend .dash { width: 18px; border-top: 3px solid var(--c); }
.legend .dash.s2 { border-top-style: dashed; }
.s1 { --c: var(--c1); } .s2 { --c: var(--c2); } .s3 { --c: var(--c3); } .s4 { --c: var(--c4); } .s5 { --c: var(--c5); } .s6 { --c: var(--c6); }

/* Message box */
.composer { position: relative; flex: none; margin: 0 20px 20px; border: 1px solid var(--button-line); border-radius: 8px; background: var(--page); }
.composer:focus-within { border-color: var(--dim); box-shadow: 0 1px 3px #00000014; }
.thread .composer { margin: 12px 16px 8px; }
.composer textarea { display: block; width: 100%; padding: 9px 12px 4px; border: 0; outline: 0; resize: none; background: none; line-height: 22px; }
.composer textarea::placeholder { color: var(--faint); }
.tools { display: flex; align-items: center; gap: 2px; padding: 2px 6px 4px; color: var(--dim); }
.tool { display: grid; place-items: center; width: 28px; height: 28px; border-radius: 4px; font-size: 15px; }
.tool.round { border-radius: 50%; background: var(--soft); }
.tool.slash { border: 1px solid var(--line); width: 20px; height: 20px; margin-left: 6px; font-size: 12px; }
.send { display: grid; place-items: center; width: 32px; height: 28px; margin-left: auto; border: 0; border-radius: 4px; background: none; color: var(--faint); }
.send .icon path { fill: currentColor; stroke-width: 0.5; }
.composer.ready .send { background: var(--green); color: #fff; cursor: pointer; }
.hint { position: absolute; left: -1px; right: -1px; bottom: calc(100% + 6px); padding: 10px 14px; border: 1px solid var(--line); border-radius: 8px; background: var(--page); box-shadow: 0 4px 12px #0000001f; font-size: 13px; }

/* Modal */
.modal-shade { position: fixed; inset: 0; display: grid; place-items: center; background: #00000080; z-index: 20; }
.modal { display: flex; flex-direction: column; width: min(520px, 94vw); max-height: 84vh; border-radius: 8px; background: var(--page); }
.modal header { display: flex; align-items: center; justify-content: space-between; padding: 16px 20px 8px; }
.modal h2 { margin: 0; font-size: 22px; font-weight: 900; }
.modal .close { border: 0; background: none; padding: 6px; cursor: pointer; }
.modal-form { display: flex; flex-direction: column; min-height: 0; }
.modal-form footer { display: flex; justify-content: flex-end; gap: 12px; padding: 16px 20px; border-top: 1px solid var(--line); }
.modal-form.failed footer::before { content: '⚠'; margin-right: auto; color: var(--red); }
.modal-body { padding: 0 20px 20px; overflow-y: auto; }
.input-block { margin: 12px 0; }
.input-block label { display: block; margin-bottom: 4px; font-size: 15px; font-weight: 700; }
.input-block .optional, .field-hint { color: var(--dim); font-weight: 400; }
.field { width: 100%; box-sizing: border-box; height: 36px; padding: 0 10px; border: 1px solid var(--button-line); border-radius: 6px; background: var(--page); color: var(--text); font: inherit; font-size: 15px; }
textarea.field { height: 80px; padding: 8px 10px; }
.field-hint, .field-error { margin: 4px 0 0; font-size: 13px; }
.field-error { color: var(--red); }
.field-error:empty { display: none; }

@media (max-width: 1100px) {
  .panel { grid-template-columns: 210px minmax(0, 1fr); }
  .with-thread .panel { grid-template-columns: 210px minmax(0, 1fr) minmax(320px, 42%); }
}
@media (max-width: 700px) {
  .window { grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
  .topbar, .rail { display: none; }
  .panel, .with-thread .panel { grid-template-columns: minmax(0, 1fr); margin: 0; border: 0; border-radius: 0; }
  .channel-header .line { padding: 0 12px; background: var(--chrome-2); color: #fff; }
  .channel-header .topic, .members, .channel-header .tabs:not(:has(a)) { display: none; }
  .drawer-button { display: grid; place-items: center; padding: 6px; margin-left: -6px; cursor: pointer; }
  .sidebar { position: fixed; inset: 0 20% 0 0; z-index: 12; transform: translateX(-105%); transition: transform 0.15s; }
  #drawer:checked ~ .panel .sidebar { transform: none; }
  #drawer:checked ~ .panel .drawer-shade { display: block; position: fixed; inset: 0; z-index: 11; background: #00000080; }
  .channel { height: 40px; font-size: 17px; }
  .message { padding: 8px 12px; }
  .composer { margin: 0 8px 8px; }
  .thread:not([hidden]) { position: fixed; inset: 0; z-index: 10; border: 0; }
  .section.with-accessory { flex-wrap: wrap; }
  #slack_blocks_to_jsx.slack_blocks_to_jsx .grid-cols-2 { gap: 8px 12px; }
  .chart { padding: 10px 8px 8px; }
  .table-frame { max-width: calc(100vw - 68px); }
}

/* Gallery */
.gallery-body { height: auto; background: var(--page); overflow: auto; }
.gallery { max-width: 1480px; margin: 0 auto; padding: 0 16px 48px; }
.gallery-header { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 12px 20px; background: var(--page); border-bottom: 1px solid var(--line); font-size: 14px; }
.gallery-header nav { display: flex; flex-wrap: wrap; gap: 4px 16px; }
.gallery-header .on { color: var(--text); font-weight: 900; }
.gallery h1 { margin: 20px 20px 4px; font-size: 20px; }
.situation { scroll-margin-top: 56px; }
.situation > h2 { margin: 28px 20px 0; padding-top: 12px; border-top: 1px solid var(--line); font-size: 18px; text-transform: capitalize; }
.situation-panes { display: grid; grid-template-columns: minmax(0, 1fr) minmax(340px, 44%); gap: 16px; align-items: start; }
.situation-parent, .situation-thread { min-width: 0; }
.situation-thread { border-left: 1px solid var(--line); }
.situation-thread > h3 { margin: 8px 20px 0; color: var(--dim); font-size: 13px; }
.notification { margin: 4px 20px 8px 64px; padding: 8px 12px; border-radius: 8px; background: var(--soft); color: var(--dim); font-size: 13px; overflow-wrap: anywhere; }
@media (max-width: 900px) { .situation-panes { grid-template-columns: minmax(0, 1fr); } .situation-thread { border-left: 0; } }
`;
