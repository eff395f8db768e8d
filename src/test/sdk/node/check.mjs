// Checks an endpoint with the official OpenAI client for Node; see ../README.md.
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const model = process.env.MODEL;
const client = new OpenAI({baseURL: process.env.BASE_URL, apiKey: 'any', maxRetries: 0, timeout: 60_000});
const question = (content) => [{role: 'user', content}];
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'The weather in a city',
    parameters: {type: 'object', properties: {city: {type: 'string'}}, required: ['city']},
  },
};

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const checks = {
  async chat() {
    const answer = await client.chat.completions.create({model, messages: question('Say hello.'), max_tokens: 40});
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.choices[0].message.role, 'assistant');
    assert.ok(answer.id && answer.created > 0 && answer.choices[0].message.content);
    assert.ok(['stop', 'length'].includes(answer.choices[0].finish_reason));
    const {prompt_tokens, completion_tokens, total_tokens} = answer.usage;
    assert.ok(total_tokens > 0);
    assert.equal(total_tokens, prompt_tokens + completion_tokens);
  },

  async history_and_parameters() {
    const answer = await client.chat.completions.create({
      model,
      messages: [
        {role: 'system', content: 'You are brief.'},
        {role: 'user', content: 'My name is Ada.'},
        {role: 'assistant', content: 'Hello, Ada.'},
        {role: 'user', content: 'What is my name?'},
      ],
      max_tokens: 40,
      temperature: 0,
      top_p: 0.9,
      seed: 7,
      stop: ['###'],
      an_unknown_key: {kept: true},
    });
    assert.ok(answer.choices[0].message.content);
  },

  async stream() {
    const chunks = await collect(
      await client.chat.completions.create({model, messages: question('Count to five.'), max_tokens: 40, stream: true}),
    );
    assert.ok(chunks.length > 0);
    assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
    assert.equal(new Set(chunks.map((chunk) => chunk.model)).size, 1);
    assert.ok(chunks.every((chunk) => chunk.object === 'chat.completion.chunk' && chunk.choices.length > 0));
    assert.equal(chunks[0].choices[0].delta.role, 'assistant');
    assert.ok(chunks.map((chunk) => chunk.choices[0].delta.content ?? '').join('').length > 0);
    assert.ok(['stop', 'length'].includes(chunks.at(-1).choices[0].finish_reason));
  },

  async stream_with_usage() {
    const chunks = await collect(
      await client.chat.completions.create({
        model,
        messages: question('Count to five.'),
        max_tokens: 40,
        stream: true,
        stream_options: {include_usage: true},
      }),
    );
    const {choices, usage} = chunks.at(-1);
    assert.deepEqual(choices, []);
    assert.ok(usage.total_tokens > 0);
    assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
    assert.ok(chunks.slice(0, -1).every((chunk) => !chunk.usage));
  },

  async stream_helper() {
    let deltas = 0;
    const run = client.chat.completions
      .stream({model, messages: question('Say hello.'), max_tokens: 40})
      .on('content', () => deltas++);
    assert.ok(await run.finalContent());
    assert.ok(deltas > 0);
  },

  async stream_given_up() {
    const stream = await client.chat.completions.create({model, messages: question('Count to five.'), stream: true});
    for await (const _ of stream) break;
    await checks.chat();
  },

  async completions() {
    const answer = await client.completions.create({model, prompt: 'Once upon a time', max_tokens: 20});
    assert.equal(answer.object, 'text_completion');
    assert.ok(answer.choices[0].text);
    const chunks = await collect(
      await client.completions.create({model, prompt: 'Once upon a time', max_tokens: 20, stream: true}),
    );
    assert.ok(chunks.map((chunk) => chunk.choices[0]?.text ?? '').join(''));
  },

  async models() {
    const listed = await collect(await client.models.list());
    assert.ok(listed.map((one) => one.id).includes(model));
    assert.ok(listed.every((one) => one.object === 'model' && one.owned_by && one.created));
    assert.equal((await client.models.retrieve(model)).id, model);
  },

  async unknown_model() {
    const unknown = {model: 'no/such:model', messages: question('Hello')};
    for (const ask of [
      () => client.chat.completions.create(unknown),
      () => client.chat.completions.create({...unknown, stream: true}),
      () => client.models.retrieve('no/such:model'),
    ]) {
      await assert.rejects(ask, (error) => {
        assert.ok(error instanceof OpenAI.NotFoundError, String(error));
        assert.equal(error.code, 'model_not_found');
        assert.equal(error.type, 'invalid_request_error');
        assert.ok(error.message.includes('no/such:model') && error.requestID);
        return true;
      });
    }
  },

  async bad_request() {
    const bodies = [{messages: 'Hello'}, {messages: []}, {messages: 7}, {messages: question('x'), stream: 'maybe'}];
    for (const body of bodies) {
      await assert.rejects(
        () => client.post('/chat/completions', {body: {model, ...body}}),
        (error) => {
          assert.ok(error instanceof OpenAI.BadRequestError, String(error));
          assert.equal(error.type, 'invalid_request_error');
          return true;
        },
      );
    }
  },

  async images() {
    const content = [
      {type: 'text', text: 'What is in the picture?'},
      {type: 'image_url', image_url: {url: pixel}},
    ];
    const answer = await client.chat.completions.create({model, messages: question(content), max_tokens: 40});
    assert.ok(answer.choices[0].message.content);
  },

  async tools() {
    if (process.env.TOOLS !== 'yes') return 'SKIPPED, for TOOLS is not yes:';
    const messages = question('Weather in Paris?');
    const {message, finish_reason} = (await client.chat.completions.create({model, messages, tools: [weather]}))
      .choices[0];
    assert.equal(message.tool_calls[0].function.name, 'weather');
    assert.equal(finish_reason, 'tool_calls');
    const told = {role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'Sunny'};
    const last = await client.chat.completions.create({model, messages: [...messages, message, told]});
    assert.ok(last.choices[0].message.content);
    const streamed = await client.chat.completions.stream({model, messages, tools: [weather]}).finalMessage();
    assert.equal(streamed.tool_calls[0].function.name, 'weather');
  },
};

let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    console.log((await check()) ?? 'PASSED', name);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${error.message?.split('\n')[0]} (${error.stack?.split('\n').find((line) => line.includes('check.mjs'))?.trim()})`);
  }
}
process.exitCode = failed ? 1 : 0;
