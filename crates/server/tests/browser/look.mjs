// Every page at both widths in light and dark: axe finds nothing serious, nothing overflows, nothing is asked of elsewhere,
// nothing complains; and a picture of it is kept.
import { join } from "node:path";

const WIDTHS = [1280, 390];
const SCHEMES = ["light", "dark"];

// Name, site, address.
const PAGES = [
  ["stories", "main", "/?min_reports=1"],
  ["stories-none", "main", "/?min_origins=9"],
  ["story", "main", "/story/1"],
  ["story-two", "main", "/story/6"],
  ["claims", "main", "/story/1/claims"],
  ["provenance", "main", "/story/1/provenance"],
  ["timeline", "main", "/story/1/timeline"],
  ["side", "main", "/story/1/side?a=1&b=2"],
  ["article", "main", "/article/1"],
  ["revisions", "main", "/article/6/revisions"],
  ["search", "main", "/search"],
  ["search-found", "main", "/search?q=ferry"],
  ["search-wrong", "main", "/search?q=ferry+OR"],
  ["outlets", "main", "/outlets"],
  ["outlets-edit", "main", "/outlets?outlets=Nova+Post"],
  ["feeds", "main", "/feeds"],
  ["webhooks", "main", "/webhooks"],
  ["webhook", "main", "/webhooks/1"],
  ["missing", "main", "/story/999"],
  ["welcome", "empty", "/"],
  ["example", "empty", "/example"],
];

// Pages of hostile text: seen once each, since what they could do they would do at any width.
const HOSTILE = ["/?min_reports=1", "/feeds", "/outlets", "/webhooks", "/webhooks/1", "/search?q=bridge", "/story/1", "/story/1/side", "/article/1"];

export async function look(given) {
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS) await lookAt(given, scheme, width);
  }
  await lookAtHostile(given);
  await print(given);
}

async function lookAt({ browser, axe, check, shots, sites }, colorScheme, width) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  for (const [name, site, address] of PAGES) {
    const where = `${name} ${width} ${colorScheme}`;
    const heard = listen(page, sites[site], name === "missing" || name === "search-wrong");
    await page.goto(sites[site] + address);
    await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(overflow <= 0, `${where}: ${overflow} pixels wider than the window`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, nodes } of violations.filter(({ impact }) => ["serious", "critical"].includes(impact))) {
      check(false, `${where}: ${impact}: ${id}: ${nodes[0].html.slice(0, 160)} (${nodes.length} times)`);
    }
    check(true);
    for (const fault of heard()) check(false, `${where}: ${fault}`);
  }
  await context.close();
}

async function lookAtHostile({ browser, check, sites }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on("dialog", async (dialog) => {
    check(false, `hostile: a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  for (const address of HOSTILE) {
    const heard = listen(page, sites.hostile, false);
    await page.goto(sites.hostile + address);
    // What waits for a pointer or the focus would wake up now.
    await page.evaluate(() => {
      for (const element of document.querySelectorAll("*")) {
        element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
        element.focus?.();
      }
    });
    check(true);
    for (const fault of heard()) check(false, `hostile ${address}: ${fault}`);
  }
  await context.close();
}

async function print({ browser, check, shots, sites }) {
  const context = await browser.newContext({ viewport: { width: 794, height: 1123 } });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  for (const [name, address] of [["story", "/story/1"], ["side", "/story/1/side?a=1&b=2"], ["article", "/article/1"], ["webhook", "/webhooks/1"]]) {
    await page.goto(sites.main + address);
    await page.screenshot({ path: join(shots, `${name}-print.png`), fullPage: true });
    const shown = await page.evaluate(() => [...document.querySelectorAll("form, nav")].filter((part) => part.offsetHeight > 0).length);
    check(shown === 0, `${name} in print: ${shown} forms or menus are printed`);
  }
  await context.close();
}

// What a page asks for and complains about until the answer is read.
function listen(page, origin, mayFail) {
  const faults = [];
  const asked = (request) => {
    const { protocol, origin: of } = new URL(request.url());
    if (protocol !== "data:" && of !== origin) faults.push(`asks ${request.url()}`);
  };
  const said = (message) => {
    const isStatus = mayFail && message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !isStatus) faults.push(`says ${message.text()}`);
  };
  const threw = (error) => faults.push(`throws ${error.message}`);
  page.on("request", asked).on("console", said).on("pageerror", threw);
  return () => {
    page.off("request", asked).off("console", said).off("pageerror", threw);
    return faults;
  };
}
