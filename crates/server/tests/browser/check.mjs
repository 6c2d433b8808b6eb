// The pages in Debian's Chromium: looked at in light and dark, wide and narrow, walked by keyboard, without scripts.
//
//   node check.mjs '{"modules": "…/target/browser", "chromium": "/usr/bin/chromium", "shots": "…", "sites": {"main": "http://…"}}'
//
// Each fault is one line on standard error; with any, the exit code is 1.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { look } from "./look.mjs";
import { walks } from "./walks.mjs";

const given = JSON.parse(process.argv[2]);
const required = createRequire(join(given.modules, "package.json"));
const { chromium } = required("playwright-core");
const axe = readFileSync(required.resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath: given.chromium,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const faults = [];
let checks = 0;
const check = (holds, fault) => {
  checks += 1;
  if (!holds) faults.push(fault);
};
try {
  await look({ browser, axe, check, ...given }).catch((error) => check(false, `look: ${error.message.split("\n")[0]}`));
  for (const [name, walk] of Object.entries(walks)) {
    await walk({ browser, check, ...given }).catch((error) => check(false, `${name}: ${error.message.split("\n")[0]}`));
  }
} finally {
  await browser.close();
}
for (const fault of faults) console.error(`fault: ${fault}`);
console.log(`${checks} checks in a browser, ${faults.length} faults; screenshots are in ${given.shots}`);
process.exit(faults.length > 0 ? 1 : 0);
