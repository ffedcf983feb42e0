package dev.tophalf.runtime

import dev.tophalf.runtime.contract.KernelApi
import dev.tophalf.runtime.machine.Machine
import dev.tophalf.runtime.rule.Rule

/** A kernel that offers nothing, on a machine with two buttons that share a line. */
class TestMachine implements Kernel {
    static final String SOURCE = '''
        /dts-v1/;
        / {
            #address-cells = <1>;
            #size-cells = <1>;
            interrupt-parent = <&intc>;
            intc: interrupt-controller@1000 { reg = <0x1000 0x100>; interrupt-controller; #interrupt-cells = <2>; };
            left: button@2000 { compatible = "acme,button"; reg = <0x2000 0x0c>; interrupts = <1 4>; };
            right: button@3000 { compatible = "acme,button"; reg = <0x3000 0x0c>; interrupts = <1 4>; };
        };'''

    static Simulation boot() {
        builder().boot()
    }

    static Simulation.Builder builder() {
        Simulation.builder(new TestMachine(), Machine.parse(SOURCE, 'test.dts'))
    }

    KernelApi api() { KernelApi.of([], { false }) }

    List<Rule> rules() { [] }

    void boot(Simulation simulation) { }
}
