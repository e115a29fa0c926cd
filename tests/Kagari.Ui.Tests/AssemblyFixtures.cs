using Kagari.Ui.Tests.Harness;

// One browser and one server for the run. One test after the other: two cores are few, and pictures must not depend on who else draws.
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: AssemblyFixture(typeof(UiServer))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
