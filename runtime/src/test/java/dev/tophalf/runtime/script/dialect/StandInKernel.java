package dev.tophalf.runtime.script.dialect;

import dev.tophalf.runtime.contract.CType;
import dev.tophalf.runtime.contract.Condition;
import dev.tophalf.runtime.contract.DefinitionMacro;
import dev.tophalf.runtime.contract.Gfp;
import dev.tophalf.runtime.contract.Initialiser;
import dev.tophalf.runtime.contract.KernelApi;
import dev.tophalf.runtime.contract.KernelFunction;
import dev.tophalf.runtime.contract.KernelVariable;
import dev.tophalf.runtime.contract.LvalueMacro;
import dev.tophalf.runtime.contract.PollMacro;
import dev.tophalf.runtime.contract.Sleeps;
import dev.tophalf.runtime.memory.EmbeddedStruct;
import dev.tophalf.runtime.memory.KernelStruct;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.__iomem;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.__user;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.device;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.device_attribute;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.file;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.initcall_t;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.irq_handler_t;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.list_head;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.mutex;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.platform_device;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.platform_driver;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.ptr;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.show_t;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.spinlock_t;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.store_t;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.task_struct;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.timer_list;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.u32_box;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.work_func_t;
import dev.tophalf.runtime.script.dialect.StandInKernelTypes.work_struct;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;

/** As much of a kernel as the tests of the compiler need, and none of its behaviour. */
public final class StandInKernel {
    public static final int GFP_KERNEL = 0xcc0;
    public static final int GFP_ATOMIC = 0x920;
    public static final int ENOMEM = 12;
    public static final int EINVAL = 22;
    public static final int EBUSY = 16;
    public static final int IRQ_NONE = 0;
    public static final int IRQ_HANDLED = 1;
    public static final int IRQ_WAKE_THREAD = 2;
    public static final int IRQF_SHARED = 0x80;

    /** What {@code printk} and its kin have printed, by the thread that ran the driver. */
    private static final ThreadLocal<List<String>> LOG = ThreadLocal.withInitial(ArrayList::new);

    private StandInKernel() {}

    public static KernelApi api() {
        return KernelApi.of(List.of(StandInKernel.class, StandInKernelTypes.class), flags -> (flags & 0x400) != 0);
    }

    /** What was printed since the last call. */
    public static List<String> takeLog() {
        List<String> lines = List.copyOf(LOG.get());
        LOG.get().clear();
        return lines;
    }

    /** Forgets what was printed and requested, as a machine does that is powered on. */
    public static void reset() {
        LOG.get().clear();
        pending = null;
        pendingData = null;
    }

    @KernelFunction(header = "linux/printk.h")
    public static int printk(String format, Object... arguments) {
        LOG.get().add(text(format, arguments));
        return 0;
    }

    /** The format itself where it does not fit, which in the kernel is no fault of the processor. */
    private static String text(String format, Object... arguments) {
        try {
            return String.format(
                    Locale.ROOT,
                    format.replace("%lu", "%d").replace("%ld", "%d").replace("%u", "%d"),
                    arguments);
        } catch (IllegalFormatException e) {
            return format;
        }
    }

    @KernelFunction(header = "linux/printk.h")
    public static int pr_info(String format, Object... arguments) {
        return printk(format, arguments);
    }

    @KernelFunction(header = "linux/dev_printk.h")
    public static void dev_info(device dev, String format, Object... arguments) {
        printk(dev.name + ": " + format, arguments);
    }

    @KernelFunction(header = "linux/interrupt.h", sleeps = Sleeps.ALWAYS)
    public static int request_irq(int irq, irq_handler_t handler, long flags, String name, Object dev) {
        return handler.handle(irq, dev);
    }

    @KernelFunction(header = "linux/interrupt.h", sleeps = Sleeps.ALWAYS)
    public static int devm_request_irq(
            device dev, int irq, irq_handler_t handler, long flags, String name, Object data) {
        pending = handler;
        pendingData = data;
        return 0;
    }

    static irq_handler_t pending;
    static Object pendingData;

    @KernelFunction(header = "linux/slab.h", sleeps = Sleeps.GFP)
    public static <T> T devm_kzalloc(device dev, Class<T> type, @Gfp int gfp) {
        return kzalloc(type, gfp);
    }

    @KernelFunction(header = "linux/slab.h", sleeps = Sleeps.GFP)
    public static <T> T kzalloc(Class<T> type, @Gfp int gfp) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @KernelFunction(header = "linux/slab.h", sleeps = Sleeps.GFP)
    public static ptr kzalloc(@CType("size_t") long size, @Gfp int gfp) {
        return new ptr(new byte[(int) size], 0);
    }

    @KernelFunction(header = "linux/slab.h")
    public static void kfree(Object pointer) {}

    @KernelFunction(header = "linux/io.h")
    @CType("u32")
    public static long readl(__iomem address) {
        return address.bank()[address.offset / 4];
    }

    @KernelFunction(header = "linux/io.h")
    public static void writel(@CType("u32") long value, __iomem address) {
        address.bank()[address.offset / 4] = value;
    }

    @KernelFunction(header = "linux/spinlock.h")
    public static void spin_lock_init(spinlock_t lock) {}

    @KernelFunction(header = "linux/spinlock.h")
    public static void spin_lock(spinlock_t lock) {
        lock.locked = true;
    }

    @KernelFunction(header = "linux/spinlock.h")
    public static void spin_unlock(spinlock_t lock) {
        lock.locked = false;
    }

    @KernelFunction(header = "linux/spinlock.h")
    public static long spin_lock_irqsave(spinlock_t lock) {
        return 1;
    }

    @KernelFunction(header = "linux/spinlock.h")
    public static void spin_unlock_irqrestore(spinlock_t lock, long flags) {}

    @KernelFunction(header = "linux/mutex.h", sleeps = Sleeps.ALWAYS)
    public static void mutex_lock(mutex lock) {}

    @KernelFunction(header = "linux/mutex.h")
    public static void mutex_unlock(mutex lock) {}

    @KernelFunction(header = "linux/workqueue.h")
    public static void INIT_WORK(work_struct work, work_func_t func) {
        work.func = func;
    }

    @KernelFunction(header = "linux/workqueue.h")
    public static boolean schedule_work(work_struct work) {
        work.func.run(work);
        return true;
    }

    @KernelFunction(header = "linux/container_of.h")
    public static <T> T container_of(EmbeddedStruct member, Class<T> type, @DefinitionMacro.Name String name) {
        if (!member.member().equals(name)) {
            throw new IllegalStateException("not the member " + name + " but " + member.member());
        }
        return type.cast(member.container());
    }

    @Initialiser(header = "linux/timer.h")
    public static timer_list TIMER_AT(timer_list timer, long expires) {
        timer.expires = expires;
        return timer;
    }

    @Initialiser(header = "linux/spinlock.h")
    public static spinlock_t SPIN_LOCK_LOCKED(spinlock_t lock, @DefinitionMacro.Name String name) {
        lock.locked = true;
        LOG.get().add(name + " is " + EmbeddedStruct.nameOf(lock));
        return lock;
    }

    @KernelFunction(header = "linux/owner.h")
    public static <T> T owner_of(
            @DefinitionMacro.TypeOf Class<T> variable, EmbeddedStruct member, @DefinitionMacro.Name String name) {
        return container_of(member, variable, name);
    }

    @KernelFunction(header = "linux/list.h")
    public static void list_add_tail(list_head entry, list_head head) {
        head.entries.add(entry);
    }

    @KernelFunction(header = "linux/list.h")
    public static <T> Iterable<T> list_for_each_entry(
            list_head head, Class<T> type, @DefinitionMacro.Name String member) {
        List<T> found = new ArrayList<>();
        head.entries.forEach(entry -> found.add(type.cast(entry.container())));
        return found;
    }

    @KernelFunction(header = "linux/device.h")
    public static Object dev_get_drvdata(device dev) {
        return dev.driver_data;
    }

    @KernelFunction(header = "linux/device.h")
    public static String dev_name(device dev) {
        return dev.name;
    }

    @KernelFunction(header = "linux/platform_device.h")
    public static void platform_set_drvdata(platform_device pdev, Object data) {
        pdev.dev.driver_data = data;
    }

    @KernelFunction(header = "linux/platform_device.h")
    public static int platform_get_irq(platform_device pdev, int index) {
        return 7;
    }

    @KernelFunction(header = "linux/platform_device.h", sleeps = Sleeps.ALWAYS)
    public static __iomem devm_platform_ioremap_resource(platform_device pdev, int index) {
        return new __iomem();
    }

    @KernelFunction(header = "linux/sysfs.h")
    public static int sysfs_emit(ptr buf, String format, Object... arguments) {
        String text = text(format, arguments);
        LOG.get().add("sysfs " + text.strip());
        return text.length();
    }

    @KernelFunction(header = "linux/delay.h", sleeps = Sleeps.ALWAYS)
    public static void msleep(@CType("u32") long msecs) {
        printk("msleep %d", msecs);
    }

    @KernelFunction(header = "linux/uaccess.h", sleeps = Sleeps.ALWAYS)
    @CType("size_t")
    public static long copy_from_user(ptr to, __user from, @CType("size_t") long count) {
        return 0;
    }

    @KernelFunction(header = "linux/of.h")
    public static int of_property_read_u32(device dev, String name, u32_box value) {
        value.value = 0xffff_ffffL;
        return 0;
    }

    @KernelFunction(header = "linux/module.h")
    public static void MODULE_LICENSE(String license) {}

    @KernelFunction(header = "linux/module.h")
    public static void MODULE_AUTHOR(String author) {}

    @KernelFunction(header = "linux/compiler.h")
    @LvalueMacro(LvalueMacro.Access.READ)
    public static void READ_ONCE(String place) {
        printk("read " + place);
    }

    @KernelFunction(header = "linux/compiler.h")
    @LvalueMacro(LvalueMacro.Access.WRITE)
    public static void WRITE_ONCE(String place) {
        printk("write " + place);
    }

    @KernelFunction(header = "linux/atomic.h")
    @LvalueMacro(LvalueMacro.Access.EXCHANGE)
    public static void xchg() {
        printk("xchg");
    }

    @KernelFunction(header = "linux/atomic.h")
    @LvalueMacro(LvalueMacro.Access.COMPARE_EXCHANGE)
    public static void cmpxchg() {
        printk("cmpxchg");
    }

    @KernelFunction(header = "linux/atomic.h")
    @LvalueMacro(LvalueMacro.Access.TRY_COMPARE_EXCHANGE)
    public static void try_cmpxchg(String place) {
        printk("try " + place);
    }

    @KernelFunction(header = "linux/bitops.h")
    @LvalueMacro(value = LvalueMacro.Access.SET_BIT, sees = "exists")
    public static void set_bit(long nr, String addr) {
        printk("set " + nr + " in " + addr);
    }

    @KernelFunction(header = "linux/bitops.h")
    @LvalueMacro(value = LvalueMacro.Access.CLEAR_BIT, sees = "exists")
    public static void clear_bit(long nr, String addr) {
        printk("clear " + nr + " in " + addr);
    }

    @KernelFunction(header = "linux/bitops.h")
    @LvalueMacro(value = LvalueMacro.Access.TEST_BIT, sees = "exists")
    public static void test_bit(long nr, String addr) {
        printk("test " + nr + " in " + addr);
    }

    @KernelFunction(header = "linux/bitops.h")
    @LvalueMacro(value = LvalueMacro.Access.TEST_AND_CHANGE_BIT, sees = "exists")
    public static void test_and_change_bit(long nr, String addr) {
        printk("change " + nr + " in " + addr);
    }

    public static boolean exists(long nr, int words) {
        return nr >= 0 && nr < 64L * words;
    }

    @KernelFunction(header = "linux/rcupdate.h")
    @LvalueMacro(value = LvalueMacro.Access.READ, sees = "seen")
    public static void rcu_dereference_check(String p, boolean c) {
        printk("dereference " + p + " if " + c);
    }

    @KernelFunction(header = "linux/rcupdate.h")
    @LvalueMacro(value = LvalueMacro.Access.WRITE, sees = "seen")
    public static void rcu_assign_pointer(String p) {
        printk("assign " + p);
    }

    @KernelFunction(header = "linux/rcupdate.h")
    @LvalueMacro(value = LvalueMacro.Access.EXCHANGE, sees = "seen")
    public static void rcu_replace_pointer(String p, boolean c) {
        printk("replace " + p + " if " + c);
    }

    /** Sees what macros on places access; no driver can name it. */
    public static void seen(Object value) {
        printk("seen " + (value instanceof KernelStruct ? "struct" : String.valueOf(value)));
    }

    /** How often it has to be asked until {@code cond} holds, or -1 after {@code most} times. */
    @KernelFunction(header = "linux/wait.h", sleeps = Sleeps.ALWAYS)
    public static int turns(Condition cond, int most) {
        for (int i = 0; i < most; i++) {
            if (cond.holds()) {
                return i;
            }
        }
        return -1;
    }

    @KernelFunction(header = "linux/iopoll.h")
    @PollMacro({"op", "val", "cond", "most", "args"})
    public static int poll(Condition cond, int most) {
        return turns(cond, most);
    }

    @KernelFunction(header = "linux/iopoll.h")
    @PollMacro(
            value = {"addr", "val", "cond", "most"},
            op = "readl")
    public static int readl_poll(Condition cond, int most) {
        return turns(cond, most);
    }

    @KernelVariable(header = "linux/jiffies.h")
    public static long jiffies() {
        return 4711;
    }

    @KernelVariable(header = "linux/sched.h")
    public static task_struct current() {
        return new task_struct();
    }

    // Definition macros.

    @DefinitionMacro(header = "linux/module.h")
    public static void module_init(initcall_t function) {
        printk("init %d", function.call());
    }

    @DefinitionMacro(header = "linux/module.h")
    public static void module_param(
            @DefinitionMacro.Name String name,
            @DefinitionMacro.Name String type,
            int mode,
            @DefinitionMacro.FileScope Class<?> file) {
        try {
            file.getField(name).setInt(null, 1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no variable " + name);
        }
    }

    @DefinitionMacro(header = "linux/mutex.h", declares = "%s")
    public static mutex DEFINE_MUTEX(@DefinitionMacro.Name String name) {
        return EmbeddedStruct.embed(new mutex(), null, name);
    }

    @DefinitionMacro(header = "linux/list.h", declares = "%s")
    public static list_head LIST_HEAD(@DefinitionMacro.Name String name) {
        return EmbeddedStruct.embed(new list_head(), null, name);
    }

    @DefinitionMacro(header = "linux/device.h", declares = "dev_attr_%s")
    public static device_attribute DEVICE_ATTR_RO(
            @DefinitionMacro.Name String name, @DefinitionMacro.Derived("%s_show") show_t show) {
        device_attribute attribute = new device_attribute();
        attribute.name = name;
        attribute.show = show;
        return attribute;
    }

    @DefinitionMacro(header = "linux/device.h", declares = "dev_attr_%s")
    public static device_attribute DEVICE_ATTR_RW(
            @DefinitionMacro.Name String name,
            @DefinitionMacro.Derived("%s_show") show_t show,
            @DefinitionMacro.Derived("%s_store") store_t store) {
        device_attribute attribute = DEVICE_ATTR_RO(name, show);
        attribute.store = store;
        return attribute;
    }

    /** Runs the driver's whole life: probe, an interrupt, its attributes, remove. */
    @DefinitionMacro(header = "linux/platform_device.h")
    public static void module_platform_driver(platform_driver driver) {
        platform_device pdev = new platform_device();
        printk("probe %s: %d", driver.driver.name, driver.probe.probe(pdev));
        if (pending != null) {
            __iomem regs = readRegs(pendingData);
            if (regs != null) {
                regs.registers[1] = 0x21;
            }
            for (int i = 0; i < 3; i++) {
                printk("irq %d", pending.handle(7, pendingData));
                if (regs != null) {
                    regs.registers[1] = 0x21;
                }
            }
        }
        for (device_attribute attribute : driver.driver.dev_groups) {
            attribute.show.show(pdev.dev, attribute, new ptr(new byte[64], 0));
            if (attribute.store != null) {
                long count = attribute.store.store(pdev.dev, attribute, new ptr(new byte[] {'1', '7'}, 0), 2);
                printk("store %s %d", attribute.name, count);
                attribute.show.show(pdev.dev, attribute, new ptr(new byte[64], 0));
            }
        }
        driver.remove.remove(pdev);
    }

    private static __iomem readRegs(Object data) {
        try {
            return (__iomem) data.getClass().getField("regs").get(data);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
