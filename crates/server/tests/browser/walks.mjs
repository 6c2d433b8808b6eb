// What people do on the pages: each walk is one of them, by its name.
import { join } from "node:path";

export const walks = { firstVisit, keyboard, back, withoutScripts, switches, sideBySide, feeds, outlets, webhooks, signing };

const path = (page) => {
  const { pathname, search, hash } = new URL(page.url());
  return pathname + search + hash;
};

/**
 * The back button. Chromium may be between two pages when it is asked where it has been, and then says so before it goes
 * anywhere: it is asked again.
 */
async function goBack(page) {
  for (let asked = 1; ; asked += 1) {
    try {
      await page.waitForLoadState();
      return await page.goBack();
    } catch (error) {
      if (asked === 5 || !error.message.includes("Not attached to an active page")) throw error;
      await page.waitForTimeout(200);
    }
  }
}

async function fresh({ browser, sites }, address, options = {}, site = "main") {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(sites[site] + address);
  return { context, page };
}

async function firstVisit({ browser, check, sites }) {
  for (const [site, address] of [["main", "/"], ["main", "/story/1"], ["empty", "/"], ["main", "/article/1"], ["main", "/search"]]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const asked = [];
    page.on("request", (request) => request.url().startsWith("data:") || asked.push(request.url()));
    await page.goto(sites[site] + address, { waitUntil: "networkidle" });
    check(asked.length === 2, `first visit of ${address}: ${asked.join(" ")}`);
    await context.close();
  }
}

async function keyboard(given) {
  for (const address of ["/", "/story/1", "/search?q=ferry", "/feeds", "/outlets", "/webhooks", "/webhooks/1"]) {
    const { context, page } = await fresh(given, address);
    const all = await page.evaluate(() => {
      const selector = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
      const parts = [...document.querySelectorAll(selector)];
      return parts.filter((part) => part.checkVisibility() || part.closest("svg")).length;
    });
    const seen = new Set();
    for (let step = 0; step < all + 5; step += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const part = document.activeElement;
        if (!part || part === document.body) return null;
        const { width, height } = part.getBoundingClientRect();
        const { outlineStyle, stroke } = getComputedStyle(part);
        const isSeen = width > 0 && height > 0 && (outlineStyle !== "none" || stroke !== "none");
        return { path: [...document.querySelectorAll("*")].indexOf(part), isSeen, html: part.outerHTML.slice(0, 120) };
      });
      if (!at) break;
      if (step === 0) given.check(at.html.includes("skip"), `${address}: the first stop is ${at.html}`);
      given.check(at.isSeen, `${address}: the focus cannot be seen on ${at.html}`);
      seen.add(at.path);
    }
    given.check(seen.size >= all, `${address}: the keyboard reaches ${seen.size} of ${all} links and fields`);
    await context.close();
  }
}

async function back(given) {
  const { context, page } = await fresh(given, "/?min_reports=1");
  await page.click("article.item h2 a");
  const story = path(page);
  given.check(/^\/story\/\d+$/.test(story), `a title leads to ${story}`);
  await page.locator(".contents a").first().click();
  given.check(path(page).startsWith(`${story}#`), `contents lead to ${path(page)}`);
  await goBack(page);
  given.check(path(page) === story, `back from a section is ${path(page)}`);
  await goBack(page);
  given.check(path(page) === "/?min_reports=1", `back from a story is ${path(page)}`);
  await page.fill("input[name=min_reports]", "3");
  await page.click(".filters button");
  given.check(path(page).includes("min_reports=3"), `a filter leads to ${path(page)}`);
  await goBack(page);
  given.check((await page.inputValue("input[name=min_reports]")) === "1", "back from a filter has its value");
  await context.close();
}

async function withoutScripts(given) {
  const { context, page } = await fresh(given, "/story/1/side?a=1&b=2", { javaScriptEnabled: false });
  const number = page.locator(".text a.claim-number").first();
  const target = await number.getAttribute("href");
  await number.click();
  given.check(path(page).endsWith(target.slice(target.indexOf("#"))), `without scripts a number leads to ${path(page)}`);
  await page.selectOption("select[name=b]", { index: 2 });
  await page.click(".choice button");
  given.check(path(page).includes("b=3"), `without scripts the choice leads to ${path(page)}`);
  await page.goto(`${given.sites.main}/search`);
  await page.fill("input[name=q]", "ferry");
  await page.click(".filters button");
  given.check((await page.locator(".item").count()) > 0, "without scripts a search finds nothing");
  await context.close();
}

async function switches(given) {
  for (const javaScriptEnabled of [true, false]) {
    const { context, page } = await fresh(given, "/article/1", { javaScriptEnabled });
    const line = () => page.locator(".blocks .name").first().evaluate((name) => getComputedStyle(name).textDecorationLine);
    given.check((await line()).includes("underline"), "names are not marked at first");
    await page.uncheck("#show-names");
    given.check((await line()) === "none", "names stay marked when they are switched off");
    await page.click(".switches button");
    given.check(!path(page).includes("show=names"), `the address keeps ${path(page)}`);
    given.check((await line()) === "none", "names are marked again in the kept address");
    await context.close();
  }
}

async function sideBySide(given) {
  const { context, page } = await fresh(given, "/story/1/side?a=1&b=2", { viewport: { width: 1280, height: 500 } });
  const columns = page.locator(".pair .text");
  const top = (at) => columns.nth(at).evaluate((column) => column.scrollTop);
  await columns.nth(0).evaluate((column) => column.scrollTo(0, column.scrollHeight));
  await page.waitForFunction(() => document.querySelectorAll(".pair .text")[1].scrollTop > 0, null, { timeout: 3000 });
  given.check((await top(1)) > 0, "the other report does not scroll along");
  const number = columns.nth(0).locator("a.claim-number[href^='#']").first();
  await number.click();
  const target = await number.getAttribute("href");
  given.check(path(page).endsWith(target), `a number leads to ${path(page)}`);
  given.check((await page.locator(".pair .followed").count()) === 2, "the two passages are not marked");
  await goBack(page);
  given.check(!path(page).includes("#"), `back from a passage is ${path(page)}`);
  await context.close();
}

async function feeds(given) {
  const { context, page } = await fresh(given, "/feeds");
  await page.fill("input[name=url]", "https://coast.example/feed");
  await page.fill("input[name=title]", "Coast <b>News</b>");
  await page.click("button[value=add]");
  const row = page.locator("tr", { hasText: "coast.example" });
  given.check(path(page) === "/feeds" && (await row.count()) === 1, "a feed that was added is not there");
  given.check((await row.innerText()).includes("Coast <b>News</b>"), "its title is not as it was typed");
  await row.locator("button[value=pause]").click();
  given.check((await row.innerText()).includes("paused"), "a feed cannot be paused");
  await row.locator("button[value=remove]").click();
  given.check((await row.count()) === 0, "a feed that was removed is still there");
  await page.fill("input[name=url]", "ftp://coast.example/feed");
  await page.click("button[value=add]");
  given.check((await page.locator(".complaint").count()) === 1, "an address that cannot be fetched is taken");
  given.check((await page.inputValue("input[name=url]")) === "ftp://coast.example/feed", "what was typed is gone");
  await context.close();
}

async function outlets(given) {
  const { context, page } = await fresh(given, "/outlets");
  await page.locator("summary", { hasText: "publisher" }).click();
  const form = page.locator("details[open] form");
  await form.locator("input[name=name]").fill("Coast Media");
  await form.locator("textarea").fill("Coast News\nEvening Coast");
  await form.locator("button[value=save]").click();
  given.check((await page.locator("dd", { hasText: "Coast News, Evening Coast" }).count()) === 1, "a family is not kept");
  await page.locator("a[aria-label='Edit Coast Media']").click();
  given.check(path(page).startsWith("/outlets?families=Coast+Media"), `editing has the address ${path(page)}`);
  await page.locator("form.entry button[value=remove]").first().click();
  given.check((await page.locator("dt", { hasText: "Coast Media" }).count()) === 0, "a family is not removed");
  await context.close();
}

async function webhooks(given) {
  const { context, page } = await fresh(given, "/webhooks", { javaScriptEnabled: false });
  const form = page.locator("form.entry");
  await form.locator("input[name=url]").fill("https://coast.example/hook");
  await form.locator("button[value=add]").click();
  given.check((await page.locator(".complaint").innerText()).includes("events"), "a webhook without events is taken");
  given.check((await form.locator("input[name=url]").inputValue()) === "https://coast.example/hook", "what was typed is gone");
  await form.locator("input[value=second_origin]").check();
  await form.locator("button[value=add]").click();
  given.check((await page.locator(".done code").innerText()).startsWith("whsec_"), "the secret is not shown");
  await page.screenshot({ path: join(given.shots, "webhooks-added.png"), fullPage: true });
  await page.goto(`${given.sites.main}/webhooks`);
  given.check((await page.locator(".done").count()) === 0, "the secret is shown again");
  const row = page.locator("tr", { hasText: "coast.example" });
  given.check((await row.innerText()).includes("Second origin"), "a webhook that was added is not listed");
  await row.locator("a").click();
  given.check(/^\/webhooks\/\d+$/.test(path(page)), `a webhook leads to ${path(page)}`);
  await page.goto(`${given.sites.main}/webhooks`);
  await row.locator("button[value=remove]").click();
  given.check(path(page) === "/webhooks" && (await row.count()) === 0, "a webhook that was removed is still there");
  await context.close();
}

async function signing({ browser, check, shots, sites, token }) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.goto(`${sites.guarded}/webhooks`);
      await page.fill("input[name=token]", token);
      await page.click("main button");
      check(path(page) === "/webhooks", `signing in leads to ${path(page)}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(overflow <= 0, `signed in ${width}: ${overflow} pixels wider than the window`);
      await page.screenshot({ path: join(shots, `signed-in-${width}-${colorScheme}.png`), fullPage: true });
      await page.goto(`${sites.guarded}/search?q=ferry`);
      await page.click("header button");
      check(path(page) === "/sign-in", `signing out leads to ${path(page)}`);
      await page.goto(`${sites.guarded}/webhooks`);
      check(path(page).startsWith("/sign-in"), "whoever signed out is still in");
      await context.close();
    }
  }
}
