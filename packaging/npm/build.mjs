// Writes the npm packages: `node packaging/npm/build.mjs OUT TARGET=BINARY…` makes a folder for each binary and one for
// `statusquo` itself, ready for `npm pack` or `npm publish`. The version is that of Cargo.toml; nothing runs on install.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const platforms = JSON.parse(readFileSync(join(here, "platforms.json"), "utf8"));
const manifest = readFileSync(join(root, "Cargo.toml"), "utf8");

// A value of the `[package]` table, which comes first.
function field(name) {
  return manifest.match(new RegExp(`^${name} = "(.*)"$`, "m"))?.[1];
}

const common = {
  version: field("version"),
  description: field("description"),
  license: field("license"),
  ...(field("repository") && { repository: { type: "git", url: `git+${field("repository")}.git` } }),
};

function write(folder, description, files) {
  mkdirSync(join(folder, "bin"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify(description, null, 2) + "\n");
  for (const name of [...files, "LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(join(root, name), join(folder, name));
}

// A package with one binary, which npm installs where system and processor are the right ones.
function platformPackage(out, platform, binary) {
  const { os, cpu, libc } = platform;
  const folder = join(out, platform.package.replace("/", "-").replace("@", ""));
  const what = `The binary of statusquo for ${[os, cpu, libc].filter(Boolean).join(" ")}`;
  const restriction = { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) };
  write(folder, { name: platform.package, ...common, description: what, ...restriction, files: ["bin"], preferUnplugged: true }, []);
  const target = join(folder, "bin", os === "win32" ? "statusquo.exe" : "statusquo");
  copyFileSync(binary, target);
  chmodSync(target, 0o755);
}

function mainPackage(out) {
  const optionalDependencies = Object.fromEntries(platforms.map((one) => [one.package, common.version]));
  const description = {
    name: "statusquo",
    ...common,
    keywords: ["openapi", "http", "lint", "api", "rest"],
    bin: { statusquo: "bin/statusquo.js" },
    files: ["bin", "platforms.json"],
    engines: { node: ">=16" },
    optionalDependencies,
  };
  const folder = join(out, "statusquo");
  write(folder, description, ["README.md"]);
  copyFileSync(join(here, "platforms.json"), join(folder, "platforms.json"));
  cpSync(join(here, "bin"), join(folder, "bin"), { recursive: true });
}

const [out, ...binaries] = process.argv.slice(2);
if (!out) {
  console.error("usage: node packaging/npm/build.mjs OUT TARGET=BINARY…");
  process.exit(2);
}
for (const argument of binaries) {
  const at = argument.indexOf("=");
  const platform = platforms.find(({ target }) => target === argument.slice(0, at));
  if (!platform) {
    console.error(`${argument}: the target is none of ${platforms.map(({ target }) => target).join(", ")}`);
    process.exit(2);
  }
  platformPackage(out, platform, argument.slice(at + 1));
}
mainPackage(out);
