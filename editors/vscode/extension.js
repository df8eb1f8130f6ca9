// Starts `statusquo lsp` and leaves the rest to the client library.
"use strict";

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const command = workspace.getConfiguration("statusquo").get("path", "statusquo");
  const documentSelector = ["yaml", "json", "jsonc"].map((language) => ({ scheme: "file", language }));
  client = new LanguageClient("statusquo", "statusquo", { command, args: ["lsp"] }, { documentSelector });
  try {
    await client.start();
  } catch (error) {
    const words = `statusquo cannot be started as \`${command}\`: install it, or set \`statusquo.path\`. ${error}`;
    window.showErrorMessage(words);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running?.isRunning()) {
    await running.stop();
  }
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  context.subscriptions.push(commands.registerCommand("statusquo.restart", restart));
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("statusquo.path") && restart()),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
