/* Unpacks the npm package @sparticuz/chromium: `node tools/unpack-chromium.mjs FOLDER FONTS` makes FOLDER/browser. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";

const [folder, fonts] = process.argv.slice(2).map((name) => path.resolve(name));
const packed = path.join(folder, "node_modules/@sparticuz/chromium/bin");

const unpack = (name) => brotliDecompressSync(readFileSync(path.join(packed, name)));

function unpackTar(name, target) {
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-x", "-C", target], { input: unpack(name) });
}

function writeProgram(name, content) {
  writeFileSync(path.join(folder, name), content);
  chmodSync(path.join(folder, name), 0o755);
}

/* Chinese fonts of the Python environment, for screenshots a person can read. */
function writeFontSettings() {
  writeFileSync(path.join(folder, "fonts.conf"), `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>
`);
}

writeProgram("chromium", unpack("chromium.br"));
unpackTar("swiftshader.tar.br", folder);
unpackTar("al2023.tar.br", folder);
writeFontSettings();
writeProgram("browser", `#!/bin/sh
LD_LIBRARY_PATH="${folder}/lib" FONTCONFIG_FILE="${folder}/fonts.conf" exec "${folder}/chromium" "$@"
`);
