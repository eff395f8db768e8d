/**
 * Who can answer: the servers behind us, and the port through which they are asked.
 */
@NullMarked
package io.llmnet.backend;

import org.jspecify.annotations.NullMarked;
