package dev.tophalf.runtime.machine;

import com.google.common.collect.ImmutableList;

/**
 * One interrupt of a node: the controller it goes to and what that controller needs to know.
 *
 * @param specifier as many numbers as {@code #interrupt-cells} of the controller says; their meaning is its own
 */
public record DevicetreeInterrupt(DevicetreeNode controller, ImmutableList<Long> specifier) {}
