/**
 * Finds the servers behind us, asks them how they are, and tells the registry: files, this machine's ports, announcements.
 *
 * <p>All of it runs on one event loop, so that its state needs no locks; what a kind of server is like is data
 * ({@link io.llmnet.discovery.profile}). Nothing here costs money or loads a model, but for what somebody commands
 * ({@link io.llmnet.discovery.operation}).
 */
@NullMarked
package io.llmnet.discovery;

import org.jspecify.annotations.NullMarked;
