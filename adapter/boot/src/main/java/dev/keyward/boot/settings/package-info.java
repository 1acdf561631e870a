/** How settings are read: a table of settings, three places they may be given in, and one line for each mistake. */
@NullMarked
package dev.keyward.boot.settings;

import org.jspecify.annotations.NullMarked;
