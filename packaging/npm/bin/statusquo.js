#!/usr/bin/env node
// Starts the binary for this platform. It is in a package of its own, of which npm installs the one that fits.
"use strict";

const { spawnSync } = require("node:child_process");
const platforms = require("../platforms.json");

// The C library of this system; binaries for musl run on both, those for glibc are faster where there is glibc.
function libc() {
  if (process.platform !== "linux") return undefined;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";
}

// The paths at which the binary may be, the best first.
function candidates() {
  const own = libc();
  const fitting = platforms.filter(({ os, cpu }) => os === process.platform && cpu === process.arch);
  const runnable = fitting.filter((one) => one.libc === own || one.libc === "musl");
  runnable.sort((one, other) => Number(other.libc === own) - Number(one.libc === own));
  return runnable.map((one) => ({ name: one.package, file: `${one.package}/bin/statusquo${one.os === "win32" ? ".exe" : ""}` }));
}

function resolve() {
  const known = candidates();
  for (const { file } of known) {
    try {
      return require.resolve(file);
    } catch {
      // Not installed: the next one may be.
    }
  }
  const missing = known.length
    ? `the package ${known[0].name} is not installed; install again without --omit=optional or --no-optional`
    : `there is no binary for ${process.platform} on ${process.arch}; build it with: cargo install statusquo`;
  process.stderr.write(`error: ${missing}\n`);
  process.exit(2);
}

const { status, signal, error } = spawnSync(resolve(), process.argv.slice(2), { stdio: "inherit" });
if (error) {
  process.stderr.write(`error: cannot start the binary: ${error.message}\n`);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exitCode = status ?? 2;
