package dev.tophalf.shell.repl

import dev.tophalf.shell.repl.command.Session
import dev.tophalf.shell.repl.text.Console
import dev.tophalf.shell.repl.text.Paint
import dev.tophalf.shell.run.Machines
import dev.tophalf.shell.world.World
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

/** A machine with one button, a driver for it, and lines to type. */
abstract class PromptSpecification extends Specification {
    /** Counts presses; %s is what its handler does besides. */
    static final String DRIVER = '''\
        MODULE_LICENSE('GPL')
        class counter { __iomem regs; long presses; long step }
        static irqreturn_t pressed(int irq, Object dev_id) {
            counter c = dev_id
            writel(1, c.regs + 4)
            c.presses += c.step
            %s
            return IRQ_HANDLED
        }
        static ssize_t presses_show(device dev, device_attribute attr, ptr buf) {
            counter c = dev_get_drvdata(dev)
            return sysfs_emit(buf, '%%ld\\n', c.presses)
        }
        DEVICE_ATTR_RO(presses)
        static ssize_t step_store(device dev, device_attribute attr, ptr buf, size_t count) {
            counter c = dev_get_drvdata(dev)
            if (buf[0] < 0x30 || buf[0] > 0x39) return -EINVAL
            c.step = buf[0] - 0x30
            return count
        }
        DEVICE_ATTR_WO(step)
        static int probe(platform_device pdev) {
            counter c = devm_kzalloc(pdev.dev, counter, GFP_KERNEL)
            c.step = 1
            c.regs = devm_platform_ioremap_resource(pdev, 0)
            platform_set_drvdata(pdev, c)
            writel(1, c.regs + 8)
            dev_info(pdev.dev, 'ready\\n')
            return devm_request_irq(pdev.dev, platform_get_irq(pdev, 0), pressed, 0, 'counter', c)
        }
        static void remove(platform_device pdev) {
            counter c = platform_get_drvdata(pdev)
            writel(0, c.regs + 8)
        }
        platform_driver drv = [probe: probe, remove: remove,
            driver: [name: 'counter', of_match_table: ['acme,button'], dev_groups: [dev_attr_presses, dev_attr_step]]]
        module_platform_driver(drv)
        '''.stripIndent()

    @TempDir
    Path folder

    @AutoCleanup
    World world = World.boot(Machines.lab())

    StringWriter out = new StringWriter()
    StringWriter err = new StringWriter()

    /** Writes a driver to a file whose name is a path without blanks. */
    String driver(String name = 'counter', String besides = '') {
        Path file = folder.resolve(name + '.groovy')
        Files.writeString(file, String.format(DRIVER, besides))
        return file.toString()
    }

    /** A session that prints to {@link #out} and {@link #err}. */
    Session begin() {
        return new Session(world, new Console(new PrintWriter(out), new PrintWriter(err), Paint.OFF), false)
    }

    /** Runs a session on a pipe. Returns its status. */
    int session(String... lines) {
        return new PipePrompt(begin(), new BufferedReader(new StringReader(lines.join('\n')))).run()
    }

    /** What a session printed, errors among it; the temporary folder's name is taken out. */
    List<String> printed(String... lines) {
        err = out
        session(lines)
        return out.toString().replace(folder.toString() + '/', '').readLines()
    }
}
