/** The page's style. Colours and spacing follow the NHS identity; type is the system's own. */

/** On screens, wide and narrow, and on A4 paper. */
export const PAGE_STYLE = `
:root{--blue:#005eb8;--dark:#003087;--text:#212b32;--soft:#4c6272;--line:#d8dde0;--pale:#f0f4f5}
*{box-sizing:border-box}
[hidden],.left-out,[data-gaps="relative"] [data-mode="absolute"],[data-gaps="absolute"] [data-mode="relative"],[data-gaps="relative"] [data-mode="relative"]>details>summary{display:none!important}
body{margin:0;color:var(--text);background:var(--pale);font:1.0625rem/1.55 "Frutiger W01",Arial,Helvetica,sans-serif}
.wrap{max-width:1140px;margin:0 auto;padding:0 24px}
.skip{position:absolute;left:-9999px}.skip:focus{left:8px;top:8px;background:#ffeb3b;color:var(--text);padding:8px 16px;z-index:2}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);margin:0}
header{background:var(--blue);color:#fff;padding:24px 0 28px}
.brand{font-weight:bold;margin:0 0 16px;letter-spacing:.02em}
h1{font-size:2.5rem;line-height:1.2;margin:0 0 8px;overflow-wrap:anywhere}.lead{font-size:1.1875rem;margin:0}
main{padding:28px 0 48px}main:focus{outline:none}
.part{margin:0 0 56px}
h2{font-size:1.75rem;line-height:1.25;margin:0 0 16px;color:var(--dark);scroll-margin-top:16px}h3{font-size:1.3125rem;line-height:1.3;margin:0 0 8px}h4{font-size:1rem;line-height:1.35;margin:0 0 8px;overflow-wrap:anywhere}
p{max-width:46em}.description{font-size:1.1875rem;margin:0 0 24px}
a{color:var(--blue)}a:focus-visible,input:focus-visible,select:focus-visible,.scroll:focus-visible,.panel:focus-visible,summary:focus-visible{outline:3px solid #ffeb3b;outline-offset:0;box-shadow:0 0 0 6px var(--text)}
.scene,.pick{margin:0 0 12px;color:var(--soft)}.pick select{font:inherit;padding:6px;max-width:100%;border:2px solid var(--soft);background:#fff;color:var(--text)}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:16px;margin:0 0 24px}
.tile{background:#fff;border:1px solid var(--line);border-top:6px solid var(--blue);padding:16px 20px}
.tile dd{margin:0}.tile .value{font-size:3rem;line-height:1.1;font-weight:bold;letter-spacing:-.02em;color:var(--dark);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.tile dt{font-weight:bold;margin:0 0 2px}.tile .unit{font-weight:normal;color:var(--soft)}.tile .change{color:var(--soft);font-size:.9375rem;line-height:1.4;margin-top:6px}
.findings{margin:0 0 24px;padding:24px 24px 8px 48px;background:#fff;border:1px solid var(--line);font-size:1.125rem}
.findings li{margin:0 0 16px;padding-left:4px}
.after{margin-top:28px}.sentences{margin:0 0 24px;padding:0 0 0 20px}.sentences li{margin:0 0 10px;max-width:52em}
nav{background:#fff;border:1px solid var(--line);padding:20px 24px;margin:0 0 40px}nav h2{font-size:1.3125rem;margin:0 0 8px}nav ul{margin:0;padding:0;list-style:none;columns:3 220px;column-gap:32px}nav li{padding:4px 0;break-inside:avoid}
#controls{background:#fff;border:1px solid var(--line);padding:12px 24px;margin:0 0 40px;display:flex;flex-wrap:wrap;gap:4px 32px}
fieldset{border:0;margin:0;padding:4px 0;min-width:0;display:flex;flex-wrap:wrap;gap:4px 20px}legend{font-weight:bold;padding:4px 0}fieldset label{padding:4px 0;overflow-wrap:anywhere}fieldset input{width:20px;height:20px;vertical-align:-4px;accent-color:var(--blue)}
.scroll{overflow-x:auto;background:#fff;border:1px solid var(--line)}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:16px;font-weight:bold}
th,td{text-align:left;vertical-align:top;padding:10px 16px;border-top:1px solid var(--line)}
thead th{background:var(--pale);vertical-align:bottom}tbody th{font-weight:bold;min-width:9em}
.scroll+.scroll{margin-top:24px}.headline th,.headline td{padding:10px 12px}.headline .value{display:block;font-size:1.25rem;font-weight:bold;white-space:nowrap;color:var(--dark)}
.headline .change{display:block;color:var(--soft);font-size:.8125rem;line-height:1.35;min-width:8em}
.figure{background:#fff;border:1px solid var(--line);padding:24px;margin:0 0 24px}
.figure .scroll{border-width:0 0 1px}.figure caption{padding:8px 0}
.picture td,.picture tbody th{padding:8px 12px}.picture td{white-space:nowrap}.picture td span{display:block;font-size:.8125rem;line-height:1.35;color:var(--soft);white-space:normal;min-width:150px}.picture .interval{display:block}.better{display:block;font-weight:normal;color:var(--soft);font-size:.8125rem}
.caption{margin:0 0 16px}
.goal p{margin:0 0 12px}
.dials{list-style:none;margin:0;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:16px}.dials li{font-size:.9375rem;line-height:1.35}.dials svg{display:block;margin:0 0 4px}
.key{list-style:none;display:flex;flex-wrap:wrap;gap:8px 24px;margin:0 0 16px;padding:0;font-size:.9375rem}
.key li{display:flex;align-items:center;gap:8px}
.band{width:36px;height:14px;background:#12436d;opacity:.25;display:inline-block}
.letter{display:inline-block;width:1.6em;height:1.6em;line-height:1.6em;text-align:center;border-radius:50%;background:#12436d;color:#fff;font-weight:bold;font-size:.875rem}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:24px}
.panels.wide,.panels.pairs{grid-template-columns:repeat(auto-fill,minmax(min(100%,420px),1fr))}
.panels.whole{grid-template-columns:1fr}.whole .panel svg{width:min(100%,820px)}
.panel{display:flex;flex-direction:column;justify-content:space-between;min-width:0}.panel svg{display:block;max-width:100%;height:auto}.pairs .panel svg{width:min(100%,460px)}
.tip{position:absolute;z-index:3;background:#fff;border:2px solid var(--text);padding:8px 12px;font-size:.875rem;line-height:1.4;pointer-events:none;max-width:min(340px,90vw)}.tip span{display:block}
details{margin:16px 0 0}summary{cursor:pointer;color:var(--blue);text-decoration:underline;padding:8px 0}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:8px 24px}.facts dt{font-weight:bold}.facts dd{margin:0}
code{font-size:.875em;overflow-wrap:anywhere}li{overflow-wrap:anywhere}
footer{background:var(--line);padding:24px 0;color:var(--text)}
@media (max-width:900px){.tiles{grid-template-columns:repeat(2,1fr)}.tile .value{font-size:2.25rem}}
@media (max-width:640px){.wrap{padding:0 16px}h1{font-size:1.75rem}h2{font-size:1.5rem}.tiles{grid-template-columns:1fr}.figure{padding:16px}.findings{padding:16px 16px 4px 36px;font-size:1.0625rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin:0 0 12px}th,td{padding:8px 12px}}
@media print{
@page{size:A4;margin:12mm}
html{font-size:11px}
body{background:#fff;line-height:1.4;-webkit-print-color-adjust:exact;print-color-adjust:exact}
header{background:#fff;color:var(--text);padding:0 0 6px;border-bottom:3px solid var(--blue)}.brand{margin:0}h1{margin:0 0 2px}.lead{font-size:1rem}main{padding:8px 0 0}.wrap{max-width:none;padding:0}p,.sentences li{max-width:none}
.skip,nav,#controls,.pick,.tip,.unseen,details:not([open]),.table-only:has(>details:not([open])){display:none!important}
.description{font-size:1rem;margin:0 0 6px}.scene{margin:0 0 4px}h2{margin:0 0 6px}h3{font-size:1.1875rem;margin:0 0 4px}h4{font-size:.875rem;margin:0 0 2px}.part{margin:0 0 14px}.part:first-of-type{break-after:page}
.tile,.panel,.head,.findings li,.sentences li,.dials li,tr,.figure{break-inside:avoid}h2,h3,h4,.head,.caption,.key,caption,thead{break-after:avoid}
.scroll{overflow:visible;border:0}table{font-size:.75rem}caption{padding:4px 0}th,td,.picture td,.picture tbody th,.headline th,.headline td{padding:2px 5px}tbody th{min-width:0}
.headline .value{font-size:1.125rem}.headline .change{font-size:.6875rem;min-width:0}
.figure{border-width:1px 0 0;padding:6px 0 0;margin:0 0 10px}.caption{margin:0 0 4px}.key{gap:2px 14px;margin:0 0 4px}
.findings{padding:6px 8px 0 24px;font-size:.9375rem;line-height:1.35;margin:0 0 8px}.findings li{margin:0 0 5px}.sentences{margin:0 0 10px}.sentences li{margin:0 0 4px}
.panels{grid-template-columns:repeat(3,1fr);gap:8px}.panels.wide,.panels.pairs{grid-template-columns:repeat(2,1fr)}.figure:has(.pairs){break-inside:auto}.pairs .panel svg{width:250px}.panels.whole{grid-template-columns:1fr}.whole .panel svg{width:520px}
.tiles{grid-template-columns:repeat(3,1fr);gap:6px;margin:0 0 8px}.tile{padding:4px 10px;border-top-width:4px}.tile .value{font-size:2.25rem}.tile .change{font-size:.75rem;line-height:1.3;margin:0}.tile dt{margin:0}
.picture td span{font-size:.6875rem;min-width:0;line-height:1.25}.picture .interval{width:120px;height:20px}
.dials{grid-template-columns:repeat(6,1fr);gap:8px}.dials li{font-size:.75rem}.dials svg{width:84px;height:auto}
footer{background:none;padding:0}
}
`
