//! A real client: Neovim without a screen, where it is installed.

use std::process::Command;

use super::binary::folder;
use super::{CONFIG, PARTS, ROOT};

/// Works since Neovim 0.7; the README shows what newer ones make of it.
const SCRIPT: &str = r#"
local client = vim.lsp.start_client({ name = "statusquo", cmd = { vim.env.STATUSQUO, "lsp" }, root_dir = vim.fn.getcwd() })
vim.cmd("edit openapi.yaml")
vim.lsp.buf_attach_client(0, client)
local function shown()
  local lines = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(lines, string.format("%d:%d %s %s", one.lnum, one.col, one.source, one.code))
  end
  return table.concat(lines, "\n")
end
vim.wait(60000, function() return shown() ~= "" end, 20)
print("first: " .. shown() .. "\n")
vim.api.nvim_buf_set_lines(0, 6, 7, false, { '        "200": { description: The orders }' })
vim.wait(60000, function() return shown() == "" end, 20)
print("then: " .. shown() .. "\n")
vim.lsp.stop_client(client)
vim.wait(5000, function() return vim.lsp.client_is_stopped(client) end, 20)
vim.cmd("qall!")
"#;

#[test]
fn neovim_shows_the_diagnostics() {
    if Command::new("nvim").arg("--version").output().is_err() {
        assert!(std::env::var_os("STATUSQUO_TOOLS").is_none_or(|word| word.is_empty()), "Neovim is to be there");
        println!("skipped: there is no Neovim");
        return;
    }
    let folder = folder(&[("openapi.yaml", ROOT), ("parts.yaml", PARTS), ("statusquo.yaml", CONFIG), ("script.lua", SCRIPT)]);
    let mut command = Command::new("nvim");
    command.args(["--headless", "--clean", "-c", "luafile script.lua"]).current_dir(folder.path());
    command.env("STATUSQUO", env!("CARGO_BIN_EXE_statusquo")).env("HOME", folder.path());
    let output = command.output().unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("first: 6:8 statusquo created-without-location"), "{said}");
    assert!(said.contains("then: \n") || said.contains("then: \r\n"), "{said}");
}
