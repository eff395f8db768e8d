/** Tests of the program as its users meet it: processes, what they print, where they listen, how they end. */
@NullMarked
package io.llmnet.process;

import org.jspecify.annotations.NullMarked;
