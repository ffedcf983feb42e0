package dev.tophalf.runtime.hw.model;

import dev.tophalf.runtime.hw.Action;
import dev.tophalf.runtime.hw.InterruptLine;
import dev.tophalf.runtime.hw.Peripheral;
import dev.tophalf.runtime.hw.RegisterMap;
import dev.tophalf.runtime.hw.Wiring;
import java.util.List;

/**
 * A push button that remembers having been pressed.
 *
 * <pre>
 * 0x00 LEVEL   ro    bit 0 DOWN, while it is held down
 * 0x04 STATUS  rw1c  bit 0 PRESSED, since it was last cleared
 * 0x08 ENABLE  rw    bit 0 interrupt while PRESSED is set</pre>
 */
public final class Button implements Peripheral {
    private static final int LEVEL = 0x00;
    private static final int STATUS = 0x04;
    private static final int ENABLE = 0x08;
    private static final int PRESSED = 1;

    private final InterruptLine line;
    private final RegisterMap registers = new RegisterMap()
            .register(LEVEL, "LEVEL", 0, 0, written -> {})
            .register(STATUS, "STATUS", 0, 0, this::acknowledge)
            .register(ENABLE, "ENABLE", 0, PRESSED, written -> updateLine());

    public Button(Wiring wiring) {
        this.line = wiring.line();
    }

    @Override
    public RegisterMap registers() {
        return registers;
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.simple("press", "push it down and let it go", this::press),
                Action.simple("hold", "push it down", this::hold),
                Action.simple("release", "let it go", () -> registers.set(LEVEL, 0)));
    }

    private void press() {
        hold();
        registers.set(LEVEL, 0);
    }

    private void hold() {
        registers.set(LEVEL, 1);
        registers.set(STATUS, PRESSED);
        updateLine();
    }

    private void acknowledge(int written) {
        registers.set(STATUS, registers.read(STATUS) & ~written);
        updateLine();
    }

    /** The line is a function of the registers, never a memory of its own. */
    private void updateLine() {
        line.set((registers.read(STATUS) & registers.read(ENABLE) & PRESSED) != 0);
    }
}
