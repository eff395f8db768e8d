/**
 * {@code alert:}, the Camel component behind {@code ws} nodes: a bounded buffer between the runs that set alerts off and the
 * WebSocket servers that are told.
 *
 * <p>Wire taps of nodes' routes end here. What was said is waited for without a thread, the alert's condition looked at and
 * its text written on a thread of the alerts' own; then the text waits for its turn. Each alert's route, {@code
 * <pipeline>/<alert>}, takes its texts from the buffer, one at a time, to {@code vertx-websocket}; alerts of pipelines that
 * have no routes of their own share {@code llmnet/socket}.
 *
 * <p>Why the connection is ours and not the component's: Camel's producer connects on the thread that sends, and holds it
 * for as long as a mute server likes, a minute by default; it sets no limit to a write that a stalled server does not take;
 * and a server that went away is told of as a success. So a sender connects, waits, watches the time and cuts off, without a
 * thread, and the endpoint of {@code vertx-websocket} writes to the socket that it is given.
 */
@NullMarked
package io.llmnet.camel.alert;

import org.jspecify.annotations.NullMarked;
