// Reads exported collections with Postman's own library, and checks each against the schema of v2.1.
// Usage: node read.cjs FILE, which holds a list of { file, requests }: what was exported, and what is
// to be read from it.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const { PostmanValidator } = require("@har-sdk/validator");
const { Collection } = require("postman-collection");

// The folders that an item is in, outermost first. The library has no name in the place of an empty one.
function folders(item) {
  const names = [];
  item.forEachParent((parent) => names.unshift(parent.name ?? ""));
  return names;
}

function read(file) {
  const collection = new Collection(file);
  const found = [];
  collection.forEachItem((item) => {
    const auth = item.getAuth();
    assert.strictEqual(auth.type, "bearer");
    assert.strictEqual(auth.parameters().get("token"), "{{token}}");
    found.push({
      folders: folders(item),
      name: item.name ?? "",
      method: item.request.method,
      url: item.request.url.toString(),
      headers: item.request.headers.map((header) => [header.key, header.value]),
      body: item.request.body ? item.request.body.raw : null,
      description: item.request.description ? item.request.description.toString() : "",
    });
  });
  assert.strictEqual(collection.variables.get("token"), "");
  return found;
}

// The package has the published schema but for one thing that it adds: nothing may be empty. Postman
// itself writes empty folders.
async function errors(validator, file) {
  const all = await validator.verify(file);
  return all.filter(({ keyword, instancePath }) => keyword !== "minItems" || !instancePath.endsWith("/item"));
}

async function main() {
  const all = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
  const validator = new PostmanValidator();
  // A check that accepts everything would tell nothing.
  const wrong = structuredClone(all[0].file);
  wrong.item = [{ request: { url: 5, method: "WRONG" } }];
  assert.notDeepStrictEqual(await errors(validator, wrong), [], "the schema accepts what is wrong");
  for (const { file, requests } of all) {
    assert.deepStrictEqual(await errors(validator, file), [], JSON.stringify(file));
    assert.deepStrictEqual(read(file), requests, JSON.stringify(file));
  }
  const count = all.reduce((sum, { requests }) => sum + requests.length, 0);
  console.log(`${all.length} collections with ${count} requests fit the schema and were read as they were written`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
