/** Colours and lines of the plots; stands in the HTML as in each SVG. */
export const PLOT_STYLE = `
svg{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
.title{font-size:14px;font-weight:600;fill:#16202c}.note{font-size:12px;font-weight:400;fill:#5b6b7d}
.tick{font-size:11px;fill:#5b6b7d}.label{font-size:11px;fill:#5b6b7d}
.grid{stroke:#e6eaef;stroke-width:1;fill:none}.axis{stroke:#8a98a8;stroke-width:1;fill:none}
.curve{fill:none;stroke:#1d5fa8;stroke-width:1;stroke-linejoin:round}.area{fill:#1d5fa8;fill-opacity:.85;stroke:#1d5fa8;stroke-width:.4}
.ring{fill:none;stroke:#111827;stroke-width:2}
.mark path{fill:none;stroke-width:1.2;stroke-dasharray:4 3;opacity:.75}.mark text{font-size:10px;font-weight:600;paint-order:stroke;stroke:#fff;stroke-width:3px}
.outer-race path{stroke:#c2410c}.outer-race text{fill:#c2410c}.inner-race path{stroke:#7c3aed}.inner-race text{fill:#7c3aed}
.ball path{stroke:#0f766e}.ball text{fill:#0f766e}.cage path{stroke:#a16207}.cage text{fill:#a16207}
g.called path{stroke-dasharray:none;stroke-width:1.6;opacity:.9}
.zoneA{fill:#86c994}.zoneB{fill:#c9dc7a}.zoneC{fill:#f5c45e}.zoneD{fill:#e5705c}.zone{font-size:13px;font-weight:700;fill:#16202c}.pointer{fill:#16202c}`

export const PAGE_STYLE = `
:root{color-scheme:light}body{margin:0;background:#f2f4f7;color:#16202c;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{max-width:984px;margin:24px auto;padding:0 16px}header,section{background:#fff;border:1px solid #dfe4ea;border-radius:10px;padding:18px 24px;margin:0 0 16px}
h1{font-size:22px;margin:0 0 2px;overflow-wrap:anywhere}h2{font-size:15px;margin:0 0 10px}.sub{color:#5b6b7d;margin:0;overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:12px;margin-top:16px}.tile{background:#f6f8fa;border-radius:8px;padding:10px 14px}
.tile b{display:block;white-space:nowrap;font-size:19px;font-weight:650}.tile span{color:#5b6b7d;font-size:12px}
ul.findings{list-style:none;margin:0;padding:0}ul.findings li{padding:9px 12px;border-left:4px solid #8a98a8;background:#f6f8fa;border-radius:0 8px 8px 0;margin:0 0 8px;overflow-wrap:anywhere}
li.fault{border-color:#c8321f!important;background:#fdf0ee!important}li.warning{border-color:#d98a00!important;background:#fef7e8!important}li.note{font-size:inherit}li b{margin-right:8px}
table{border-collapse:collapse;width:100%;font-size:13px}th{text-align:left;color:#5b6b7d;font-weight:500}td,th{padding:4px 12px 4px 0;border-bottom:1px solid #eef1f4;vertical-align:top;overflow-wrap:anywhere}
td.number,th.number{text-align:right}.number+td,.number+th{padding-left:14px}svg{display:block;width:100%;height:auto;margin:0 0 6px}.quiet{color:#5b6b7d;font-size:13px;margin:4px 0}
table.index td{padding:6px 12px 6px 0}a{color:#1d5fa8;text-decoration:none}a:hover{text-decoration:underline}.badge{display:inline-block;min-width:22px;text-align:center;border-radius:5px;font-weight:650}
.zone-A{background:#86c994}.zone-B{background:#c9dc7a}.zone-C{background:#f5c45e}.zone-D{background:#e5705c}.code{display:inline-block;padding:0 7px;border-radius:5px;background:#eef1f4;white-space:nowrap}
.code.fault{background:#fbdcd7}.code.warning{background:#fcedcb}tr.failed td{color:#5b6b7d}article{margin:32px 0 0}article header h1{font-size:17px}
@media print{body{background:#fff}main{margin:0;max-width:none}header,section{border:0;padding:8px 0;break-inside:avoid}}`
