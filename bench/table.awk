# The lines of bench/run's results as tables. Ratios are of this one run.

$1 == "requests" {
    if (!seen[$2]++) servers[++count] = $2
    k = $2 SUBSEP $3
    rps[k] = $4 / $5 * 1e6; p50[k] = $6; p99[k] = $7; bad[$2] += $8
    if ($4 > 0) cpu[k] = $9 / $4
    if ($4 > 0 && $3 == 1) calls[$2] = $10 / $4 # at 1, as wrk leaves requests behind that it does not count
    if ($4 > 0) extra[k] = ($10 - $3) / $4 - 1 # that many it leaves, one for each connection
    busy[k] = $9 / $5
}
$1 == "streams" { stream[++rows] = $0 }
$1 == "process" { process[++processes] = $0 }

function share(part, whole) { return part > 0 && whole > 0 ? sprintf("%.2f", part / whole) : "-" }
function aim(text, value, limit, isUpper) {
    if (value == "-" || value == "") return
    printf "  %-62s %8s   aim %s %s   %s\n", text, value, isUpper ? "<=" : ">=", limit, (isUpper ? value + 0 <= limit : value + 0 >= limit) ? "yes" : "NO"
}

END {
    print "\nRequests. Added time is over the mock asked directly; busy is the share of the server's core that was used:"
    print "below 0.9 the load's core was the limit, and the server could do more."
    printf "%-10s %6s | %8s %8s | %8s %6s %5s | %8s %6s %5s | %6s %6s %6s | %7s %7s | %6s\n", "", "calls/", "added us", "at 1", "req/s", "of", "busy", "req/s", "of", "busy", "CPU us", "a req.", "at", "CPU by", "plain's", ""
    printf "%-10s %6s | %8s %8s | %8s %6s %5s | %8s %6s %5s | %6s %6s %6s | %7s %7s | %6s\n", "server", "req.", "p50", "p99", "at 32", "nginx", "", "at 128", "nginx", "", "1", "32", "128", "at 32", "at 128", "errors"
    for (i = 1; i <= count; i++) {
        s = servers[i]
        printf "%-10s %6.1f | %8d %8d | %8d %6s %5.2f | %8d %6s %5.2f | %6.1f %6.1f %6.1f | %7s %7s | %6d\n", s, calls[s], p50[s, 1] - p50["mock", 1], p99[s, 1] - p99["mock", 1], rps[s, 32], share(rps[s, 32], rps["nginx", 32]), busy[s, 32], rps[s, 128], share(rps[s, 128], rps["nginx", 128]), busy[s, 128], cpu[s, 1], cpu[s, 32], cpu[s, 128], share(cpu[s, 32], cpu["plain", 32]), share(cpu[s, 128], cpu["plain", 128]), bad[s]
    }
    printf "The mock's own: p50 %d us, p99 %d us at 1 connection.\n", p50["mock", 1], p99["mock", 1]

    print "\nStreams, all opened at once. first-100 are the first that the server ever saw; time to the first event includes"
    print "connecting; CPU is taken from when all have begun."
    printf "%-10s %-10s | %6s %6s | %9s %9s | %9s %9s\n", "server", "streams", "whole", "lost", "ttfb p50", "p99 ms", "events/s", "CPU us/ev"
    for (i = 1; i <= rows; i++) {
        $0 = stream[i]
        printf "%-10s %-10s | %6s %6s | %9s %9s | %9s %9s\n", $2, $3, $5, $6, $7, $8, $9, $10
        if ($3 != "first-100") event[$2, $3] = $10
        lost[$2] += $6
    }

    printf "\n%-10s | %11s | %9s %9s %9s\n", "server", "start-up ms", "MB idle", "after", "most"
    for (i = 1; i <= processes; i++) {
        $0 = process[i]
        printf "%-10s | %11s | %9.0f %9.0f %9.0f\n", $2, $2 == "mock" ? "-" : $3, $4 / 1024, $5 / 1024, $6 / 1024
    }

    if (("replicas", 32) in cpu && ("one-slow", 32) in cpu) {
        print "\nOne slow replica in three, beside three that are well. Extra calls are those by hedging and failover, by request."
        printf "%-10s | %8s %8s %8s | %8s %8s %8s | %7s %7s\n", "", "p99 us", "", "", "req/s", "", "", "extra", "calls"
        printf "%-10s | %8s %8s %8s | %8s %8s %8s | %7s %7s\n", "server", "at 1", "at 32", "at 128", "at 1", "at 32", "at 128", "at 32", "at 128"
        for (i = 1; i <= count; i++) {
            s = servers[i]
            if (s == "replicas" || s == "one-slow")
                printf "%-10s | %8d %8d %8d | %8d %8d %8d | %7.3f %7.3f\n", s, p99[s, 1], p99[s, 32], p99[s, 128], rps[s, 1], rps[s, 32], rps[s, 128], extra[s, 32], extra[s, 128]
        }
    }

    print "\nAims"
    one = "one-model"
    aim("CPU per request, one-model by plain Vert.x, at 32", share(cpu[one, 32], cpu["plain", 32]), 1.1, 1)
    aim("CPU per request, one-model by plain Vert.x, at 128", share(cpu[one, 128], cpu["plain", 128]), 1.1, 1)
    aim("throughput, one-model by nginx, at 32", share(rps[one, 32], rps["nginx", 32]), 0.6, 0)
    if ((one, 100) in event) {
        aim("CPU us per event, one-model, 100 streams", event[one, 100], 15, 1)
        aim("CPU us per event, one-model, 1,000 streams", event[one, 1000], 15, 1)
        aim("streams lost, one-model", lost[one] "", 0, 1)
    }
    if ((one, 32) in cpu && ("thousand", 32) in cpu) {
        aim("throughput at 32, 1,000 pipelines by one", share(rps["thousand", 32], rps[one, 32]), 0.95, 0)
        aim("CPU per request at 32, 1,000 pipelines by one", share(cpu["thousand", 32], cpu[one, 32]), 1.05, 1)
    }
    if (("gateway", 32) in cpu) {
        aim("CPU per request at 32, gateway by one-model", share(cpu["gateway", 32], cpu[one, 32]), 1.1, 1)
        aim("CPU per request at 128, gateway by one-model", share(cpu["gateway", 128], cpu[one, 128]), 1.1, 1)
        aim("throughput at 32, 1,001 backends by one", share(rps["roster", 32], rps["gateway", 32]), 0.95, 0)
        aim("CPU per request at 32, 1,001 backends by one", share(cpu["roster", 32], cpu["gateway", 32]), 1.05, 1)
    }
    if (("replicas", 32) in cpu && ("one-slow", 32) in cpu) {
        aim("p99 at 32, one slow replica in three by none", share(p99["one-slow", 32], p99["replicas", 32]), 1.5, 1)
        aim("extra calls at 32, one slow replica in three", sprintf("%.3f", extra["one-slow", 32]), 0.1, 1)
        aim("requests failed, one slow replica in three", bad["one-slow"] "", 0, 1)
    }
}
