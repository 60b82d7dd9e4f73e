-- wrk: sends each signed webhook of a file once. BODIES names the file, THREADS says how many threads share it.

local threads = 0

function setup(thread)
    thread:set("share", threads)
    threads = threads + 1
end

function init()
    requests = {}
    position = 0
    local number = 0
    local of = tonumber(os.getenv("THREADS"))
    for line in io.lines(os.getenv("BODIES")) do
        if number % of == share then
            local signature, body = line:match("^(%S+) (.*)$")
            local headers = { ["Content-Type"] = "application/json", ["X-Hub-Signature-256"] = signature }
            requests[#requests + 1] = wrk.format("POST", nil, headers, body)
        end
        number = number + 1
    end
end

function request()
    position = position + 1
    if position >= #requests then wrk.thread:stop() end
    return requests[math.min(position, #requests)]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests": %d, "microseconds": %d, "refused": %d, "broken": %d, "p50": %d, "p99": %d}\n',
        summary.requests, summary.duration, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
