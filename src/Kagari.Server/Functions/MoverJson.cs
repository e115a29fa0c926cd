using System.Text.Json;
using Kagari.Query;

namespace Kagari.Server.Functions;

/// <summary>Movers as JSON, into an object that is open.</summary>
internal static class MoverJson
{
    public static void Write(Utf8JsonWriter json, Selection left, Selection right, ChangeMode mode, FunctionOrder order, Movers movers)
    {
        json.WriteString("mode"u8, mode == ChangeMode.Rate ? "rate" : "share");
        json.WriteString("sort"u8, order == FunctionOrder.Total ? "total" : "self");
        FunctionJson.WriteSide(json, "left"u8, left, movers.LeftTotal);
        FunctionJson.WriteSide(json, "right"u8, right, movers.RightTotal);
        json.WriteNumber("serviceCount"u8, movers.ServiceCount);
        json.WriteNumber("pairCount"u8, movers.PairCount);
        json.WriteStartArray("movers"u8);
        foreach (var mover in movers.Functions)
        {
            json.WriteStartObject();
            json.WriteString("service"u8, mover.Service);
            json.WriteString("function"u8, mover.Function);
            WriteSide("left"u8, mover.Left);
            WriteSide("right"u8, mover.Right);
            json.WriteNumber("selfChange"u8, mover.SelfChange);
            json.WriteNumber("totalChange"u8, mover.TotalChange);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        void WriteSide(ReadOnlySpan<byte> property, MoverSide side)
        {
            json.WriteStartObject(property);
            FunctionJson.WriteValues(json, side.Self, side.Total);
            json.WriteNumber("serviceTotal"u8, side.ServiceTotal);
            json.WriteEndObject();
        }
    }
}
