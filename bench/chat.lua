-- A small chat request for wrk, and its result as one line of numbers. MODEL is the model that is asked.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = string.format(
  '{"model":"%s","temperature":0.7,"max_tokens":64,"messages":[{"role":"system","content":"You are brief."},'
    .. '{"role":"user","content":"How many legs do three spiders and two ants have?"}]}',
  os.getenv("MODEL") or "mock")

function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
